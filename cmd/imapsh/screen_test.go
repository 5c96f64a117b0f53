//go:build !windows

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// TestFirstMinute is what a newcomer tries first: a query and its pages, what there
// is of it, faults and help.
func TestFirstMinute(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{}, "--demo=20260211")
	term.enters(
		"query({instrument: 'swe', data_level: 'l2', version: 'latest'})", "it", "it", "_.length", "_",
		"await query({instrument: 'swe', data_level: 'l2', start_date: '20260207', version: 'latest'})", "it", "_", "_.summary()",
		"query({instrumnt: 'mag'})", "query({instrument: 'magg'})", "_error", "_error instanceof UsageError",
		"lett x = 1", "_error", "_error instanceof SyntaxError",
		"function twice(x) { return 2 * y }", "twice(2)", "print(_error.stack)",
		"throw {a: 1}", "query({instrument: 'ialirt'})",
		"help sleep", "query?", "?",
	)
	term.golden("first_minute")
}

// TestDownloadScreen fetches one file and several, some of which are not there.
func TestDownloadScreen(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{columns: 200, rows: 40}, "--demo=20260211")
	term.enters(
		"let files = query({instrument: 'swe', data_level: 'l2', start_date: '20260201', end_date: '20260203', version: 'latest'})",
		"download(files[0])", "download(files)", "_.skipped.length", "files.download({overwrite: true})",
		"download('imap_swe_l2_sci_20300101_v001.0001.cdf')",
		"download([files[0], 'imap_swe_l2_sci_20300101_v001.0001.cdf'])", "_error.report.failed.length",
	)
	term.golden("download")
}

// TestNarrow is a window of 40 columns: columns go, a file name never.
func TestNarrow(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{columns: 40, rows: 20}, "--demo=20260211", "--data-dir", "/files")
	term.enters(
		"query({instrument: 'swe', data_level: 'l2', start_date: '20260207', version: 'latest'})",
		"query({instrument: 'mag', data_level: 'l2', start_date: '20260207', version: 'latest'})",
		"query({instrumnt: 'mag'})", "query({instrument: 'mag', data_level: 'l2', verson: 'latest'})", "({abc: 'd'.repeat(20), efg: [1, 2, 3], hij: {k: 1}})",
	)
	term.golden("narrow")
}

// TestUnknownWidth is a terminal that does not know its size: a table is as wide as
// it is, and lines are edited as on 80 columns.
func TestUnknownWidth(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{columns: 160, rows: 20, unknown: true}, "--demo=20260211")
	term.enters("let files = query({instrument: 'swe', data_level: 'l2', start_date: '20260207', version: 'latest'})", ".clear")
	term.send("files\r")
	term.sees(`
imap[demo]> files
instrument  data_level  descriptor  start_date  ingestion_date     version    filename
swe         l2          sci         20260207    20260208 23:03:58  v001.0001  imap_swe_l2_sci_20260207_v001.0001.cdf
swe         l2          sci         20260208    20260209 10:07:41  v001.0001  imap_swe_l2_sci_20260208_v001.0001.cdf
swe         l2          sci         20260209    20260210 10:59:17  v001.0001  imap_swe_l2_sci_20260209_v001.0001.cdf
imap[demo]> ▏`)
}

// TestResizedBetweenStatements pulls at the window between two statements, and in one.
func TestResizedBetweenStatements(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{columns: 120, rows: 20}, "--demo=20260211")
	term.enters("let files = query({instrument: 'swe', data_level: 'l2', start_date: '20260209', version: 'latest'})", ".clear", "files")
	term.sees(`
imap[demo]> files
instrument  data_level  descriptor  start_date  ingestion_date     version    filename
swe         l2          sci         20260209    20260210 10:59:17  v001.0001  imap_swe_l2_sci_20260209_v001.0001.cdf
imap[demo]> ▏`)
	term.clear()
	term.resize(60, 20)
	term.enters("files")
	term.sees(`
imap[demo]> files
version    filename
v001.0001  imap_swe_l2_sci_20260209_v001.0001.cdf
imap[demo]> ▏`)
	term.clear()
	term.send("'" + strings.Repeat("0123456789", 5))
	term.sees("imap[demo]> '0123456789012345678901234567890123456789012345\n6789▏")
	term.resize(80, 20)
	term.sees("imap[demo]> '01234567890123456789012345678901234567890123456789▏")
	term.send("'.length\r")
	term.sees("imap[demo]> '01234567890123456789012345678901234567890123456789'.length\n50\nimap[demo]> ▏")
}

// TestCompletionScreen presses Tab.
func TestCompletionScreen(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{}, "--demo=20260211")
	term.clear()
	term.send("query({st\t")
	term.sees("imap[demo]> query({start_date: ▏")
	term.send("'20260207', instrument: '\t")
	term.sees(`
codice      hi          ialirt      l1const     mag         swapi       ultra
glows       hit         idex        lo          spacecraft  swe
imap[demo]> query({start_date: '20260207', instrument: '▏`)
	term.send("swe', \t")
	term.shows("version               latest, v003 or v001.0003")
	term.shows("imap[demo]> query({start_date: '20260207', instrument: 'swe', ▏")
	if screen := term.vt.Screen(); strings.Contains(screen, "\nstart_date ") {
		t.Errorf("an option that is given is offered again:\n%s", screen)
	}
	term.send("data_level: l2\t") // a value gets its quotes; l2 is the start of more than one
	term.send("\x7f3a\t")
	term.shows("data_level: 'l3a'▏")
	term.enters("})", ".clear")
	term.send("(qu)\x02\t") // in the middle of a line
	term.sees("imap[demo]> (query▏)")
	term.send("\x05\x15")
	term.enters("let files = query({instrument: 'swe', data_level: 'l2', start_date: '20260209'})", ".clear")
	term.send("download('imap_swe_l2\t")
	term.shows("download('imap_swe_l2_sci_20260209_v001.0001.cdf'▏")
	term.send("\x15files.gr\t")
	term.sees("imap[demo]> files.groupBy▏")
	if err := os.WriteFile(filepath.Join(term.home, "imap_mag_cal_20260301_v001.csv"), []byte("1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	term.send("\x15upload('imap_\t")
	term.sees("imap[demo]> upload('imap_mag_cal_20260301_v001.csv'▏")
	term.send("\x15\t") // on an empty line: what there is
	term.shows("imap[demo]> ▏")
	for _, name := range []string{"query", "download", "config", "files", "ScienceFilePath"} {
		term.shows(name)
	}
	if screen := term.vt.Screen(); strings.Contains(screen, "parseFloat") {
		t.Errorf("the language's own names are offered:\n%s", screen)
	}
}

// TestPasteScreen pastes a long script with tabs, and wide characters: one statement,
// one entry of the history.
func TestPasteScreen(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{columns: 60, rows: 10})
	term.clear()
	lines := []string{"function long() {", "\tlet sum = 0;"}
	for i := range 196 {
		lines = append(lines, fmt.Sprintf("\tsum += %d; // 第%d行", i, i))
	}
	lines = append(lines, "\treturn sum;", "}")
	script := strings.Join(lines, "\n")
	term.send("\x1b[200~" + strings.ReplaceAll(script, "\n", "\r") + "\r\x1b[201~")
	term.sees(`
⋮ 192 more above
  ...   sum += 190; // 第190行
  ...   sum += 191; // 第191行
  ...   sum += 192; // 第192行
  ...   sum += 193; // 第193行
  ...   sum += 194; // 第194行
  ...   sum += 195; // 第195行
  ...   return sum;
  ... }▏`)
	term.enters("", ".clear", "long()", "'磁場' + '日本語'.length")
	term.sees(`
imap> long()
19110
imap> '磁場' + '日本語'.length
'磁場3'
imap> ▏`)
	if got := strings.Count(strings.Join(historyOf(t, term.home), "\x00"), script); got != 1 {
		t.Errorf("the script stands %d times in the history", got)
	}
	if got := historyOf(t, term.home); got[1] != script {
		t.Errorf("the second entry is %q", got[1])
	}
	term.clear()
	term.send(strings.Repeat("\x1b[A", 4)) // .clear, the line before, long(), and the script
	term.shows("}▏")
}

// TestPasteOfScreen pastes what was copied from a screen.
func TestPasteOfScreen(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{columns: 60, rows: 10})
	term.clear()
	term.send("\x1b[200~imap[demo]> function two() {\r  ...   return 2\r  ... }\rimap[demo]> two() + 40\r\x1b[201~")
	term.sees(`
imap> function two() {
  ...   return 2
  ... }
  ... two() + 40▏`)
	term.enters("", "imap> two()")
	term.sees(`
imap> function two() {
  ...   return 2
  ... }
  ... two() + 40
42
imap> imap> two()
2
imap> ▏`)
	want := []string{"function two() {\n  return 2\n}\ntwo() + 40", "two()"}
	if got := historyOf(t, term.home); !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("the history ends with %q", got)
	}
}

// historyOf reads the entries of a history file.
func historyOf(t *testing.T, home string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(home, "imapsh", "history.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var entries []string
	for line := range strings.Lines(string(data)) {
		var entry struct{ Text string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Text != "" { // else it is the first line, which says the format
			entries = append(entries, entry.Text)
		}
	}
	return entries
}

// TestKeysThatLeave presses ^C at each place, then ^D.
func TestKeysThatLeave(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{})
	term.clear()
	for _, keys := range []string{"half a line\x03", "function f() {\r  half\x03", "\x12que\x03x\x03", "\x03", "1\r", "\x03", "x\x03"} {
		term.answers(func() { term.send(keys) })
	}
	term.answers(func() {
		term.send("print('go' + 'ing'); sleep(60)\r")
		term.shows("going\n")
		term.send("\x03")
	})
	term.sees(`
imap> half a line^C
imap> function f() {
  ...   half^C
imap> x^C
imap> ^C
(^C again, ^D or exit leaves)
imap> 1
1
imap> ^C
(^C again, ^D or exit leaves)
imap> x^C
imap> print('go' + 'ing'); sleep(60)
going
^Cinterrupted
imap> ▏`)
	term.send("\x04")
	if code := term.ends(); code != 0 {
		t.Errorf("^D ends with exit code %d", code)
	}
}

// TestTerminalIsGivenBack ends the program in every way; whoever has the terminal next
// finds it as it was.
func TestTerminalIsGivenBack(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		end  func(*terminal)
		code int
	}{
		{"^D", func(term *terminal) { term.send("\x04") }, 0},
		{"exit", func(term *terminal) { term.send("exit\r") }, 0},
		{"exit(5)", func(term *terminal) { term.send("exit(5)\r") }, 5},
		{"^C twice", func(term *terminal) {
			term.answers(func() { term.send("\x03") })
			term.send("\x03")
		}, 0},
		{"SIGTERM", func(term *terminal) { _ = term.cmd.Process.Signal(syscall.SIGTERM) }, 143},
		{"SIGTERM in half a line", func(term *terminal) {
			term.send("half a line")
			term.shows("half a line▏")
			_ = term.cmd.Process.Signal(syscall.SIGTERM)
		}, 143},
		{"^\\ in a call", func(term *terminal) {
			term.send("print('go' + 'ing'); sleep(60)\r")
			term.shows("going\n")
			term.send("\x1c")
			term.shows("terminated")
		}, 143},
		{"SIGTERM in a call", func(term *terminal) {
			term.send("print('go' + 'ing'); sleep(60)\r")
			term.shows("going\n")
			_ = term.cmd.Process.Signal(syscall.SIGTERM)
		}, 143},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			terminal := startTerminal(t, window{})
			terminal.prompted(1)
			test.end(terminal)
			if code := terminal.ends(); code != test.code {
				t.Errorf("exit code %d, not %d", code, test.code)
			}
			if set, reset := terminal.prompts(), strings.Count(terminal.vt.Modes(), "2004l"); set != reset {
				t.Errorf("modes %s", terminal.vt.Modes())
			}
			if !reflect.DeepEqual(terminal.before, stateOf(t, terminal.pty)) {
				t.Error("the terminal is left raw")
			}
			if screen := terminal.vt.Screen(); !strings.HasSuffix(screen, "\n▏") {
				t.Errorf("the next prompt does not begin a line:\n%s", screen)
			}
		})
	}
}

// TestWordsOfThePrompt tries the commands that are no JavaScript.
func TestWordsOfThePrompt(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	script := filepath.Join(home, "edit")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nsed s/40/41/ \"$1\" > new && mv new \"$1\"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"bad.js":       "function bad() {\n  gone();\n}\nbad();\n",
		"with args.js": "#!/usr/bin/env imapsh\nlet seen = args;\nif (seen.length > 1) return 'given ' + seen.length;\nthrow 1;\n",
		"leaves.js":    "print('leaving'); exit(2); print('never');\n",
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	term := startTerminal(t, window{home: home, env: []string{"EDITOR=" + script}})
	term.clear()
	term.enters(
		".help", "let answer = 40", "answer + 2", "config.API_KEY = 'a-hidden-key'", "'x a-hidden-key'", "nothing.here", ".save saved.js", ".save saved.js",
		"answer = 0", ".load saved.js", "answer", ".load sub/absent.js", ".load", ".load '~/with args.js' swe 'a b'", "seen", ".load leaves.js", "let edited = 40", ".editor", "edited", ".editor",
		"time(() => 6 * 7)", "time(6)", ".history 3", ".history x", ".hlep", "one =\r  1", ".history 2", ".load bad.js", "bad()", ".exit x",
	)
	term.golden("words")
	saved, err := os.ReadFile(filepath.Join(home, "saved.js"))
	if err != nil || string(saved) != "let answer = 40;\nanswer + 2;\n" {
		t.Errorf("saved is %q (%v)", saved, err)
	}
	if kept := historyOf(t, home); !slices.Contains(kept, "let edited = 41") {
		t.Errorf("what .editor ran is not in the history: %q", kept)
	}
	term.clear()
	term.sees("imap> ▏")
	if gone := term.vt.Scrolled(); len(gone) > 0 {
		t.Errorf(".clear leaves %q", gone)
	}
	term.send(".exit 3\r")
	if code := term.ends(); code != 3 {
		t.Errorf("exit code %d", code)
	}
}

// TestShellWords tries what a shell knows, at the prompt.
func TestShellWords(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, name := range []string{"week.js", "notes.txt", "re\x1b[31md.txt", "deep/er.txt"} {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("1\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	term := startTerminal(t, window{home: home})
	term.clear()
	term.enters(
		"who", "let area = 3", "let names = ['mag', 'swe']", "who",
		"ls", "ls -a deep", "ls *.js deep", "cd deep", "ls", "config.DATA_DIR.endsWith('/deep/data')", "cd -", "ls nowhere", "cd week.js", "cd 'a",
		"let f = () => 1", "let long = 'x'.repeat(99)", "let files = FileList", "who", "!echo one '/*'", "![\r].length", "!exit 3", "!cd deep", "!true", "!days", "!!days",
		"let ls = 7", "ls", "let cd = 5", "cd", "pwd = 1", "pwd",
		"print = 3", "print(1)", ".reset", "print(area)", ".reset",
	)
	term.golden("shell")
}

// TestShellCommandHasTheTerminal answers what a command asks, and ends one with ^C.
func TestShellCommandHasTheTerminal(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{env: []string{"SHELL=/bin/sh"}})
	term.answers(func() {
		term.send("!test -t 0 -a -t 1 && echo ask\"\"ed && read answer && echo got $answer\r")
		term.shows("\nasked")
		term.send("forty\r")
	})
	term.shows("\ngot forty")
	term.answers(func() {
		term.send("!echo go\"\"ing; cat; echo be\"\"hind\r")
		term.shows("\ngoing")
		term.send("ping\r")
		term.shows("\nping\nping") // the terminal's echo and cat's answer: it runs
		term.send("\x03")
	})
	if screen := term.vt.Screen(); strings.Contains(screen, "behind") {
		t.Errorf("^C did not end the command:\n%s", screen)
	}
	term.enters("6 * 7")
	term.shows("\n42\n")
}

// TestStartupFile uses at the prompt what init.js declares.
func TestStartupFile(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(home, "imapsh"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(home, "imapsh", "init.js"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	begin := func(args ...string) *terminal {
		t.Helper()
		return startTerminal(t, window{home: home}, args...)
	}
	write("const level = 'l2';\nfunction swe(day) {\n  return `swe ${level} ${day}`;\n}\n")
	term := begin()
	term.enters("swe('20260209')", "swe = 1", "const level = 'l1a'", "level")
	term.shows("> swe('20260209')\n'swe l2 20260209'\nimap> swe = 1\n1\nimap> const level = 'l1a'\nimap> level\n'l1a'\n")

	term = begin("--norc")
	term.enters("typeof swe")
	term.shows("'undefined'")

	write("function good() { return 1 }\nlet bad = absent;\n")
	term = begin()
	term.prompted(1)
	term.shows("startup file: ReferenceError: absent is not defined\n    let bad = absent;\n              ^\n")
	term.shows("init.js:2:11\n")
	term.enters("good()")
	term.shows("good()\n1\n") // what stood before the fault is there
}

// TestStartupFileThatFails has init.js go wrong in each way: what flags give holds.
func TestStartupFileThatFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text  string // of init.js; empty: it is a directory
		told  string
		press string
	}{
		"a directory":     {"", "startup file: ", ""},
		"throws":          {"config.API_KEY = 'k'; absent", "startup file: ReferenceError: absent", ""},
		"asks":            {"query({instrument: 'mag'})", "startup file: UsageError: query: the startup file sets and declares", ""},
		"sets what fails": {"config.DATA_ACCESS_URL = 'nowhere'", "startup file: UsageError: URL \"nowhere\"", ""},
		"does not end":    {"print('go' + 'ing'); while (true) {}", "startup file: interrupted", "\x03"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			init := filepath.Join(home, "imapsh", "init.js")
			if err := os.MkdirAll(filepath.Dir(init), 0o777); err != nil {
				t.Fatal(err)
			}
			err := os.WriteFile(init, []byte(test.text), 0o666)
			if test.text == "" {
				err = errors.Join(os.Remove(init), os.Mkdir(init, 0o777))
			}
			if err != nil {
				t.Fatal(err)
			}
			term := startTerminal(t, window{home: home, columns: 200, rows: 30}, "--demo=20260211", "--data-dir", "/from-flag")
			if test.press != "" {
				term.expect("going")
				term.send(test.press)
			}
			term.prompted(1)
			term.shows(test.told)
			term.enters("config.DATA_DIR", "query({instrument: 'swe'}).length > 0")
			term.shows("'/from-flag'")
			term.shows("> 0\ntrue")
			term.send("\x04")
			if code := term.ends(); code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// TestSettingsThatCannotBe leave at once: another archive or directory than the one
// that was meant is worse than none.
func TestSettingsThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args []string
		env  []string
		told string
	}{
		"URL without a scheme":    {[]string{"--url", "localhost:8123", "--api-key", "k"}, nil, `URL "localhost:8123": it must start with http://`},
		"URL of the environment":  {nil, []string{"IMAP_DATA_ACCESS_URL=nowhere", "IMAP_API_KEY=k"}, `URL "nowhere": it must start with http://`},
		"key with a blank":        {[]string{"--demo=20260211", "--api-key", "a b"}, nil, "API key: it holds a space"},
		"data directory's a file": {[]string{"--demo=20260211", "--data-dir", "/dev/null"}, nil, "data directory /dev/null: it is a file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := startTerminal(t, window{env: test.env}, test.args...)
			if code := term.ends(); code != exitUsage {
				t.Errorf("exit code %d", code)
			}
			term.shows(test.told)
		})
	}
}

// TestPlainText looks at the bytes: no colours where they are not wanted, and no
// sequence at all where there is no screen.
func TestPlainText(t *testing.T) {
	t.Parallel()
	run := []string{"new Map([[1, 'x']])", "({a: 'b'})", ".clear", "absent"}
	for _, test := range []struct {
		name      string
		env, args []string
		command   string
		sequences bool // those of the editor
		colours   bool
	}{
		{name: "terminal", env: []string{"NO_COLOR="}, sequences: true, colours: true},
		{name: "NO_COLOR", sequences: true},
		{name: "--no-color", env: []string{"NO_COLOR="}, args: []string{"--no-color"}, sequences: true},
		{name: "TERM=dumb", env: []string{"NO_COLOR=", "TERM=dumb"}},
		{name: "output to a pipe", env: []string{"NO_COLOR="}, command: "imapsh | cat"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			term := startTerminal(t, window{env: test.env, command: test.command}, test.args...)
			for _, statement := range run {
				term.expect("imap> ")
				term.send(statement + "\r")
			}
			term.expect("ReferenceError")
			term.expect("imap> ")
			sent := term.screen.text()
			if got := strings.Contains(sent, "\x1b"); got != test.sequences {
				t.Errorf("sequences: %v\n%q", got, sent)
			}
			if got := colours(sent); got != test.colours {
				t.Errorf("colours: %v\n%q", got, sent)
			}
		})
	}
	t.Run("pipe", func(t *testing.T) {
		t.Parallel()
		home := t.TempDir()
		cmd := exec.CommandContext(t.Context(), "imapsh", "-")
		cmd.Dir, cmd.Env = home, worldOf(home, []string{"NO_COLOR="})
		cmd.Stdin = strings.NewReader("print(" + run[0] + ", " + run[1] + ");\nabsent")
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "ReferenceError") || !strings.Contains(string(out), "1 => 'x'") {
			t.Fatalf("%v: %q", err, out)
		}
		if strings.Contains(string(out), "\x1b") {
			t.Errorf("%q", out)
		}
	})
}

// colours tells that a text holds SGR sequences.
func colours(text string) bool {
	for _, piece := range strings.Split(text, "\x1b[")[1:] {
		if end := strings.IndexFunc(piece, func(r rune) bool { return r >= 0x40 && r <= 0x7e }); end >= 0 && piece[end] == 'm' {
			return true
		}
	}
	return false
}

// TestServersText prints what an archive sends that means harm to the terminal.
func TestServersText(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Query().Get("instrument") == "mag" {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, "down\x1b]0;title\x07\x1b[2J\u009b31m")
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `[{"file_path": "imap/swe/l2/2026/02/imap_swe_l2_sci_20260209_v001.0001.cdf", "instrument": "swe\u001b[31m",
			"data_level": "l2\u0007", "descriptor": "sci\r\nx\u009b2J", "start_date": "20260209", "version": "v001.0001\u202e"}]`)
	}))
	t.Cleanup(api.Close)
	term := startTerminal(t, window{columns: 120, rows: 40}, "--url", api.URL)
	term.prompted(1)
	if screen := normal(term.vt.Screen()); !strings.Contains(screen, "\nimap[127.0.0.1:PORT]> ▏") || !strings.HasPrefix(screen, "imapsh VERSION · http://127.0.0.1:PORT · anonymous\n") {
		t.Errorf("the archive is not named:\n%s", screen)
	}
	term.send("query({inst\t'sw\t\x15")
	term.clear()
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests before the first call", n)
	}
	term.enters("query({instrument: 'mag'})", "query({instrument: 'swe'})", "_[0].descriptor", "_", "query({instrument: 'swe'}).summary()", "query({instrument: 'swe'}).groupBy('descriptor')",
		"print(query({instrument: 'swe'}).table('instrument'))", "config.DATA_ACCESS_URL = 'https://api.imap-mission.com'")
	term.golden("servers_text")
	if term.vt.Bells() > 0 {
		t.Error("the bell rang")
	}
}

// TestHistoryOfTwoSessions writes one history from two programs at once.
func TestHistoryOfTwoSessions(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	one, two := startTerminal(t, window{home: home}), startTerminal(t, window{home: home})
	for i := range 5 {
		one.enters(fmt.Sprintf("'one %d'", i), "'same'")
		two.enters(fmt.Sprintf("'two %d'", i), "'same'")
	}
	one.enters(" 'not kept'", "config.API_KEY = 'not kept'", "'Bearer abc'")
	for _, term := range []*terminal{one, two} {
		term.send("\x04")
		term.ends()
	}
	info, err := os.Stat(filepath.Join(home, "imapsh", "history.jsonl"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the history's mode is %v (%v)", info.Mode(), err)
	}
	all := strings.Join(historyOf(t, home), "\n")
	for i := range 5 {
		for _, session := range []string{"one", "two"} {
			if entry := fmt.Sprintf("'%s %d'", session, i); !strings.Contains(all, entry) {
				t.Errorf("%s is lost", entry)
			}
		}
	}
	if strings.Contains(all, "not kept") || strings.Contains(all, "Bearer") {
		t.Errorf("a secret is kept:\n%s", all)
	}
	three := startTerminal(t, window{home: home})
	three.enters(".clear", ".history")
	if got := strings.Count(three.vt.Screen(), "'same'"); got != 1 {
		t.Errorf("'same' stands %d times in the history:\n%s", got, three.vt.Screen())
	}
}

// TestStatements declares, fails and goes on.
func TestStatements(t *testing.T) {
	t.Parallel()
	term := startTerminal(t, window{})
	term.clear()
	term.enters(
		"let a = 1", "let a = 2", "a", "const b = 1", "const b = 3", "b", "b = 4",
		"class C { one() { return 1 } }", "class C { two() { return 2 } }", "new C().two()",
		"let failed = absent.x", "failed", "let failed = 'works'", "failed",
		"{a: 1}", "{a: 1, b: {c: [1, 2]}}", "{ let inner = 5; inner }", "await Promise.resolve(7)", "let waited = await Promise.resolve(8)", "waited",
		"function add(x, y) {\r  return x + y;\r}", "add(1, 2)", "`one\r${add(1, 1)}\rthree`",
		"[1, 2].map(x =>\r x + 1)", "'half", "for (const x of [1, 2]) x", "_", "_error",
		"({get x() { throw 1 }})", "new Map([[1, {a: 2}]])", "undefined", "null", "1 /* comment\r*/ + 1", "() => 1", "/re/g",
	)
	term.golden("statements")
}
