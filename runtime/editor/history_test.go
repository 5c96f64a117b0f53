package editor

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func open(t *testing.T, path string) *History {
	t.Helper()
	h, err := OpenHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func add(t *testing.T, h *History, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if _, err := h.Add(text); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "imapsh", "history.jsonl")
	h := open(t, path)
	if len(h.Entries()) != 0 {
		t.Fatal("a new history has entries")
	}
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("opening makes a directory")
	}
	add(t, h, "a", "f {\n\t\"<&>\"\n}\n", "b", "a", "", " \n", " secret by choice", `key = "API_KEY"`)
	want := []string{"f {\n\t\"<&>\"\n}", "b", "a"}
	if diff := cmp.Diff(want, h.Entries()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, open(t, path).Entries()); diff != "" {
		t.Error("from the file:", diff)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n != 5 || !strings.HasPrefix(string(data), historyHead) {
		t.Errorf("the file has %d lines:\n%s", n, data)
	}
	if !strings.Contains(string(data), `"text":"f {\n\t\"<&>\"\n}"}`) {
		t.Errorf("the file is\n%s", data)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, not %o", filepath.Base(name), got, want)
		}
	}
}

func TestHistoryMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	path := filepath.Join(t.TempDir(), "history")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	add(t, open(t, path), "a")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestHistoryCorrupt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	const file = `{"text":"a"}
not JSON
{"text":7}
{"other":"x"}

"b"
{"text":"c","more":1}
{"text":"to`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	h := open(t, path)
	add(t, h, "d") // not to be lost on the torn line
	for _, h := range []*History{h, open(t, path)} {
		if diff := cmp.Diff([]string{"a", "c", "d"}, h.Entries()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestHistoryLong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	for i := range 10_000 {
		fmt.Fprintf(out, `{"time":"2026-01-02T03:04:05Z","text":"statement %d"}`+"\n", i)
	}
	fmt.Fprintln(out, `{"text":"statement 5001"}`)
	if out.Flush() != nil || file.Close() != nil {
		t.Fatal("cannot write")
	}
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		link = path
	}
	start := time.Now()
	h := open(t, link)
	t.Logf("opened in %v", time.Since(start))
	check := func(h *History, first, last string) {
		t.Helper()
		all := h.Entries()
		if len(all) != historyLimit || all[0] != first || all[len(all)-1] != last {
			t.Errorf("%d entries, %q to %q", len(all), all[0], all[len(all)-1])
		}
	}
	check(h, "statement 5000", "statement 5001")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n != historyLimit+1 {
		t.Errorf("the file still has %d lines", n)
	}
	if !strings.HasPrefix(string(data), historyHead+`{"time":"2026-01-02T03:04:05Z","text":"statement 5000"}`+"\n") {
		t.Errorf("it starts %.80q", data)
	}
	check(open(t, path), "statement 5000", "statement 5001")
	add(t, h, "new")
	check(h, "statement 5002", "new")
	check(open(t, path), "statement 5002", "new")
}

// Two programs, and two editors in each, write one file while it is compacted.
func TestHistoryTogether(t *testing.T) {
	path := os.Getenv("EDITOR_TEST_HISTORY")
	const writers, each = 4, 100
	if path == "" {
		path = filepath.Join(t.TempDir(), "history")
		t.Setenv("EDITOR_TEST_HISTORY", path)
		other := exec.Command(os.Args[0], "-test.run=^TestHistoryTogether$")
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := other.Wait(); err != nil {
				t.Error(err)
			}
			all := open(t, path).Entries()
			if len(all) != 2*writers*each {
				t.Errorf("%d entries, not %d", len(all), 2*writers*each)
			}
		}()
	}
	var wg sync.WaitGroup
	for w := range writers {
		h := open(t, path)
		wg.Go(func() {
			for i := range each {
				text := fmt.Sprintf("process %d writer %d: %s %d", os.Getpid(), w, strings.Repeat("x", 300), i)
				if _, err := h.Add(text); err != nil {
					t.Error(err)
				}
				if i%10 == 0 {
					if err := h.file.compact(); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestHistoryFormat(t *testing.T) {
	const newer = `{"format":2,"text":["of another type"]}` + "\n"
	for _, test := range []struct {
		name, before string
		known        []string
		head         string // what the file begins with after an entry more
	}{
		{"none", "", nil, historyHead},
		{"of an older version", `{"text":"a"}` + "\n", []string{"a"}, `{"text":"a"}` + "\n"},
		{"this one", historyHead + `{"text":"a"}` + "\n", []string{"a"}, historyHead},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "history")
			if err := os.WriteFile(path, []byte(test.before), 0o600); err != nil {
				t.Fatal(err)
			}
			h := open(t, path)
			if got := h.Entries(); !slices.Equal(got, test.known) {
				t.Errorf("it holds %q", got)
			}
			add(t, h, "b", "c")
			data, err := os.ReadFile(path)
			if err != nil || !strings.HasPrefix(string(data), test.head) || strings.Count(string(data), `"format"`) > 1 {
				t.Errorf("%v: the file is\n%s", err, data)
			}
			// A newer version takes the file over while this history is open.
			if err := os.WriteFile(path, []byte(newer), 0o600); err != nil {
				t.Fatal(err)
			}
			if kept, err := h.Add("d"); !kept || err == nil || !strings.Contains(err.Error(), "its format is 2, written by a newer version") {
				t.Errorf("%v %v", kept, err)
			}
			if _, err := OpenHistory(path); err == nil || !strings.Contains(err.Error(), "reads formats up to 1") {
				t.Errorf("it opens: %v", err)
			}
			if data, err := os.ReadFile(path); err != nil || string(data) != newer {
				t.Errorf("%v: the file is\n%s", err, data)
			}
		})
	}
}

func TestHistoryErrors(t *testing.T) {
	if _, err := OpenHistory(t.TempDir()); err == nil {
		t.Error("a directory opens")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h, err := OpenHistory(filepath.Join(t.TempDir(), "later"))
	if err != nil {
		t.Fatal(err)
	}
	h.file.path = filepath.Join(file, "history")
	if kept, err := h.Add("a"); !kept || err == nil || h.Err() == nil {
		t.Errorf("kept %t, %v, %v", kept, err, h.Err())
	}
	if diff := cmp.Diff([]string{"a"}, h.Entries()); diff != "" {
		t.Error(diff)
	}
}

func TestSecrets(t *testing.T) {
	h := open(t, "")
	h.Secret = func(text string) bool { return strings.Contains(text, "swordfish") }
	for text, secret := range map[string]bool{
		`query({instrument: "mag"})`:         false,
		`session.token`:                      false,
		`config.apiKey = "x"`:                true,
		`env.IMAP_API_KEY`:                   true,
		`{"x-api-key": "abc"}`:               true,
		`{"Authorization": "x"}`:             true,
		`fetch(u, "Bearer abc")`:             true,
		`login({password: "x"})`:             true,
		`IMAP_ACCESS_TOKEN="x"`:              true,
		`t = "eyJhbGciOiJIUzI1NiJ9.e30.x"`:   true,
		`const key = 'abcdefghijklmnopqrst'`: true,
		`var token = "abcdefghijklmnop"`:     true,
		"({pwd: `abcdefghijklmnop`})":        true,
		`"AKIAIOSFODNN7EXAMPLE"`:             true,
		`const key = 'data_level'`:           false,
		`groupBy(key = "a b c d e f g h i")`: false,
		`the swordfish`:                      true,
		` quiet`:                             true,
	} {
		kept, err := h.Add(text)
		if err != nil || kept == secret {
			t.Errorf("%s: kept %t, %v", text, kept, err)
		}
	}
	if slices.ContainsFunc(h.Entries(), LooksSecret) {
		t.Errorf("%q", h.Entries())
	}
}
