package runtime

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// compact is JSON text in one line.
func compact(text string) string {
	var line bytes.Buffer
	if err := json.Compact(&line, []byte(text)); err != nil {
		return err.Error()
	}
	return line.String()
}

func TestVariables(t *testing.T) {
	s, _ := newTestSession(t)
	if len(s.Variables()) != 0 {
		t.Errorf("a new session has %v", s.Variables())
	}
	if _, err := s.Eval(t.Context(), "test", `var text = 'x', n = 5, yes = true, big = 5n, none = null, nothing, sign = Symbol('s'), list = [1, 2], f = () => 1,
		b = new Brush(1), bs = brushes(3), day = new Date(0), plain = {a: 1}, map = new Map();
		Object.defineProperty(globalThis, 'bites', {get() { throw 1 }, configurable: true}); globalThis['no name'] = 1; _ = 5; _error = 6`); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range s.Variables() {
		if v.List {
			v.Name += "*"
		}
		got = append(got, v.Name+" "+v.Type)
	}
	want := "b Brush, big bigint, bites undefined, bs* BrushList(3), day Date, f function, list Array(2), map Map, n number, none null, nothing undefined, plain Object, sign symbol, text string, yes boolean"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}

func TestRestore(t *testing.T) {
	s, _ := newTestSession(t)
	if _, err := s.Eval(t.Context(), "test", "paint = 3; Math = null; delete globalThis.Brush; var mine = 4"); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(s.Restore(), " "); got != "Brush Math paint" {
		t.Errorf("restored: %s", got)
	}
	gives(t, s, "typeof paint + typeof Brush + Math.max(mine, 1)", "functionfunction4")
	if got := s.Restore(); len(got) != 0 {
		t.Errorf("restored again: %v", got)
	}
}

func TestLoad(t *testing.T) {
	s, out := newTestSession(t)
	value, err := s.Load(t.Context(), "a.js", "#!/usr/bin/env imapsh\nlet kept = args[0];\nconst more = await 5;\nprint(kept)\nreturn more + 1", []string{"here"})
	if err != nil || value.ToInteger() != 6 || out.String() != "here\n" {
		t.Errorf("%v, %v, printed %q", value, err, out)
	}
	gives(t, s, "kept + more + args.join()", "here5here")
	if _, err := s.Load(t.Context(), "b.js", "let x = )", nil); err == nil || !strings.HasPrefix(err.Error(), "SyntaxError: ") {
		t.Errorf("got %v", err)
	}
}

func TestPages(t *testing.T) {
	width, height := 40, 10
	s, err := New(Options{API: testAPI(), Width: func() int { return width }, Height: func() int { return height }, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	eval := func(code string) (text string, next int, rest string, whole string) {
		t.Helper()
		value, err := s.Eval(t.Context(), "test", code)
		if err != nil {
			t.Fatal(err)
		}
		text, next, rest = s.Page(value, 0)
		return text, next, rest, s.FormatAll(value)
	}
	if text, next, rest, whole := eval("[1, 2]"); text != "[ 1, 2 ]" || next != 0 || rest != "" || whole != text {
		t.Errorf("a short value: %q, %d, %q, %q", text, next, rest, whole)
	}
	text, next, rest, whole := eval("Array.from({length: 100}, (_, i) => 'line ' + i)")
	if lines := strings.Count(text, "\n") + 1; lines > height || next == 0 || rest == "" || !strings.Contains(whole, "line 99") {
		t.Errorf("a long value: %d lines, next %d, %q", lines, next, rest)
	}
	value, _ := s.Eval(t.Context(), "test", "Array.from({length: 100}, (_, i) => 'line ' + i)")
	pages := 1
	for at := next; at > 0 && pages < 100; pages++ {
		_, at, _ = s.Page(value, at)
	}
	if pages < 3 || pages == 100 {
		t.Errorf("%d pages", pages)
	}
	if text, next, rest, _ := eval("'x'.repeat(100000)"); next != restIsCut || rest != "a part is left out" || len(text) > 2000 {
		t.Errorf("a text of 100,000 characters: %d, next %d, %q", len(text), next, rest)
	} else if whole, _, _ := s.Page(s.vm.ToValue(strings.Repeat("x", 100000)), next); len(whole) < 100000 {
		t.Errorf("the rest of it: %d", len(whole))
	}
	if text, next, _, _ := eval("brushes(30)"); text != "<30 brushes>" || next != 0 {
		t.Errorf("a list that is not paged: %q, %d", text, next)
	}
	s.api.ClassOf(s.api.Classes[1].Held).Paged = true
	if text, next, rest, _ := eval("brushes(30)"); text != "<20 brushes>" || next != 20 || rest != "10 more" {
		t.Errorf("a list in pages: %q, %d, %q", text, next, rest)
	}
	s.api.Classes[0].Brief = func(v any) string { return "brush!" }
	s.api.Classes[1].Brief = func(v any) string { return "brushes!" }
	if text, _, _, whole := eval("({a: new Brush(1), l: brushes(2)})"); text != "{ a: brush!, l: brushes! }" || whole != text {
		t.Errorf("inside of a value: %q", text)
	}
	width, height = 0, 0
	if text, next, _, _ := eval("Array.from({length: 100}, (_, i) => 'line ' + i)"); next != 0 || !strings.Contains(text, "line 99") {
		t.Errorf("off a terminal: %q, %d", text, next)
	}
}

func TestSecretsAreHidden(t *testing.T) {
	s, err := New(Options{API: testAPI(), Secret: func(text string) bool { return strings.Contains(text, "topsecret1") }, MaxMatching: matchingOfTests})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"settings.HOM = 'topsecret1'; gone()", "topsecret1x", "let k = 'topsecret1' )"} {
		_, err := s.Eval(t.Context(), "test", code)
		var out strings.Builder
		WriteError(&out, err, SourceFile)
		if err == nil || strings.Contains(out.String(), "topsecret1") {
			t.Errorf("%s: %s", code, &out)
		}
	}
}
