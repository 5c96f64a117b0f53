package runtime

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestLanguage runs what other engines have and goja has not. The golden file is what Node
// writes, but for what Node 20 has not either: groupBy and fromAsync.
func TestLanguage(t *testing.T) {
	script, err := os.ReadFile("testdata/language.js")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/language.golden")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s, err := New(Options{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(t.Context(), "language.js", string(script)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(out.String(), "\n")); diff != "" {
		t.Error(diff)
	}
}

// TestLocales checks that a format that is not here says what to do, and is no other format.
func TestLocales(t *testing.T) {
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		"new Intl.NumberFormat('de-DE')":                               "RangeError: Intl.NumberFormat: locale de-DE: only en-US is here; put the parts together yourself for another: toFixed, padStart, toISOString",
		"(1).toLocaleString('fr')":                                     "RangeError: Intl.NumberFormat: locale fr: only en-US is here",
		"new Intl.NumberFormat('en-US', {style: 'currency'})":          "RangeError: Intl.NumberFormat: style currency: must be decimal, percent; toFixed, toPrecision and a text around them make other formats",
		"new Intl.NumberFormat('en', {compactDisplay: 'long'})":        "RangeError: Intl.NumberFormat: option compactDisplay is not here; ",
		"new Intl.NumberFormat('en', {maximumFractionDigits: 101})":    "RangeError: Intl.NumberFormat: maximumFractionDigits 101: must be from 0 to 100",
		"new Intl.DateTimeFormat('en-US', {timeZone: 'America/Lima'})": "RangeError: Intl.DateTimeFormat: timeZone America/Lima: must be UTC, Etc/UTC, GMT; dates are UTC here",
		"new Date(0).toLocaleDateString('en-GB')":                      "RangeError: Intl.DateTimeFormat: locale en-GB: only en-US is here",
		"new Intl.DateTimeFormat('en-US', {era: 'long'})":              "RangeError: Intl.DateTimeFormat: option era is not here",
		"new Intl.DateTimeFormat('en-US', {minute: 'numeric'})":        "RangeError: Intl.DateTimeFormat: minute goes with hour only",
		"new Intl.DateTimeFormat().format(NaN)":                        "RangeError: Intl.DateTimeFormat: NaN: it is no date",
	} {
		_, err := s.Eval(t.Context(), "test", code)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestTimers(t *testing.T) {
	for name, c := range map[string]struct{ code, want, err string }{
		"a recipe waits":     {"setTimeout(x => print(x), 5, 'later'); print('now')", "now\nlater\n", ""},
		"in order":           {"setTimeout(() => print(2), 2); setTimeout(() => print(1), 1); setTimeout(() => print(3), 2); setImmediate(() => print(0))", "0\n1\n2\n3\n", ""},
		"from a callback":    {"setTimeout(() => setTimeout(() => print('inner'), 1), 1)", "inner\n", ""},
		"an interval":        {"let n = 0; const id = setInterval(() => { print(++n); if (n === 3) clearInterval(id) }, 1)", "1\n2\n3\n", ""},
		"called off":         {"clearTimeout(setTimeout(() => print('never'), 1)); clearTimeout(); clearInterval('x')", "", ""},
		"awaited":            {"print(await new Promise(done => setTimeout(done, 2, 'done')))", "done\n", ""},
		"a callback throws":  {"setTimeout(() => { throw new RangeError('late') }, 1); setTimeout(() => print('not reached'), 5)", "", "RangeError: late"},
		"a rejection":        {"setTimeout(async () => { throw new RangeError('late') }, 1); setTimeout(() => print('not reached'), 5)", "", "RangeError: late"},
		"exit in a callback": {"setTimeout(() => exit(4), 1); setTimeout(() => print('not reached'), 5)", "", "exit 4"},
		"nothing settles":    {"setTimeout(() => print('last'), 1); await new Promise(() => {})", "last\n", "the script never finished"},
		"no function":        {"setTimeout('print(1)', 1)", "", "Error: setTimeout: it takes a function: setTimeout(() => …, 100)"},
		"too long":           {"setTimeout(() => {}, 1e10)", "", "Error: setTimeout: a delay of 1e+10 ms: must be at most 2147483647, about 24 days"},
		"microtasks first":   {"setTimeout(() => print('timer')); queueMicrotask(() => print('micro')); print('code')", "code\nmicro\ntimer\n", ""},
		"a microtask throws": {"queueMicrotask(() => { throw new RangeError('soon') })", "", "RangeError: soon"},
		"in a module":        {"export {}; setTimeout(() => print('module'), 1)", "module\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			s, err := New(Options{Stdout: &out})
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Run(t.Context(), "r.js", c.code)
			if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) || out.String() != c.want {
				t.Errorf("%q, %v; want %q, %s", &out, err, c.want, c.err)
			}
		})
	}
}

// TestTimersAtThePrompt checks that callbacks run while a statement runs and at no other
// time, and that Wait runs the rest.
func TestTimersAtThePrompt(t *testing.T) {
	s, out := newTestSession(t)
	eval := func(code, want string) {
		t.Helper()
		if _, err := s.Eval(t.Context(), "<prompt>", code); err != nil || out.String() != want {
			t.Errorf("%s: %q, %v", code, out, err)
		}
	}
	eval("setTimeout(() => print('first'), 1)", "")
	eval("await new Promise(done => setTimeout(done, 5))", "first\n")
	eval("setImmediate(() => print('at its end'))", "first\nat its end\n")
	if _, err := s.Eval(t.Context(), "<prompt>", "setTimeout(() => print('waits'), 20); 1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(t.Context()); err != nil || out.String() != "first\nat its end\nwaits\n" {
		t.Errorf("%q, %v", out, err)
	}
}

// TestTimersStop checks that ^C and --timeout, which end ctx, end the waiting.
func TestTimersStop(t *testing.T) {
	s, _ := newTestSession(t)
	stopped := errors.New("stopped")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 10*time.Millisecond, stopped)
	defer cancel()
	if _, err := s.Run(ctx, "r.js", "setInterval(() => {}, 1); setTimeout(() => {}, 1e9)"); !errors.Is(err, stopped) {
		t.Error(err)
	}
	if value, err := s.Eval(t.Context(), "<prompt>", "await Promise.resolve(1)"); err != nil || value.String() != "1" {
		t.Error(value, err)
	}
}

// TestLanguageHelp checks that what the session adds to the language is explained.
func TestLanguageHelp(t *testing.T) {
	s, _ := newTestSession(t)
	for _, prop := range languageProps() {
		text, err := s.Help(prop.Name)
		if err != nil || !strings.Contains(strings.Join(strings.Fields(text), " "), prop.Doc[:20]) {
			t.Errorf("%s: %q, %v", prop.Name, text, err)
		}
		if value, err := s.Eval(t.Context(), "test", "typeof "+prop.Name); err != nil || value.String() == "undefined" {
			t.Errorf("%s: %v, %v", prop.Name, value, err)
		}
	}
}

// TestLanguageIsTheSessions checks that a script which replaces parts of the language
// breaks no other part.
func TestLanguageIsTheSessions(t *testing.T) {
	s, out := newTestSession(t)
	if _, err := s.Eval(t.Context(), "test", `
		URL = 5; var TextEncoder = 'mine'; globalThis.Map = undefined; globalThis.Promise = undefined;
		print(URL, TextEncoder, structuredClone({a: [1]}).a[0], new URLSearchParams('a=1').get('a'), (1234).toLocaleString())`); err != nil {
		t.Fatal(err)
	}
	if out.String() != "5 mine 1 1 1,234\n" {
		t.Error(out)
	}
}
