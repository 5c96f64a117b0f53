package runtime

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// languagePage is the page of the reference that says what there is of the language.
const languagePage = "../cmd/imapsh/help/language.md"

// TestLanguagePage asks the engine for each row of the page, in a plain script and in one
// that is bundled, and keeps the page that is checked in equal to the answers.
func TestLanguagePage(t *testing.T) {
	var page strings.Builder
	page.WriteString("# What there is of JavaScript\n\n" +
		"This page is made by a test that asks the engine. \"files\" means: in a file with `import` or `export`, in `.mjs` and in `.ts`,\n" +
		"which are bundled before they run.\n")
	section := func(title string) {
		fmt.Fprintf(&page, "\n## %s\n\n| what | here | |\n|---|---|---|\n", title)
	}
	row := func(what, here, note string) {
		fmt.Fprintf(&page, "| %s | %s | %s |\n", what, here, strings.ReplaceAll(note, "|", "\\|"))
	}

	section("The language")
	for _, c := range []struct{ what, code, note string }{
		{"`let`, `const`, arrow functions, templates, destructuring, spread", "const {a = 1, ...rest} = {b: 2}; [...`${a}`].map(x => x)", ""},
		{"classes with private members and static blocks", "class A { #x = 1; static { this.y = 1 } static has(o) { return #x in o } }; A.has(new A())", ""},
		{"`async` and `await`, also at the top level", "await (async () => 1)()", ""},
		{"generators", "[...(function* () { yield 1 })()]", ""},
		{"async generators", "(async function* () { yield 1 })()", ""},
		{"`for await`", "for await (const x of [1]) ;", "in a plain script: await Array.fromAsync(list)"},
		{"`import` and `export`", "export const x = 1", "a file with one of them is a module; at the prompt require('./lib.js')"},
		{"`import()`", "export {}; await import('./lib.js')", "of a name in quotes"},
		{"`import.meta`", "import.meta.url.length", "a relative path is looked for beside the recipe as well"},
		{"`require`", "require('./lib.js')", "of .js, .mjs, .ts and .json"},
		{"TypeScript", "", ".ts: types are left out, not checked; imapsh recipes check looks at calls"},
		{"`return` at the top level", "return 1", "in a plain script; a module exports its result as default"},
		{"`?.`, `??`, `??=`, `**`, `1_000`", "let a; a ??= 2 ** 3; a?.b ?? 1_000", ""},
		{"BigInt", "10n ** 20n", "at most 67,108,864 bits"},
		{"`using`", "{ using x = null; print(x) }", ""},
		{"decorators", "const d = () => {}; @d class A {}; print(A)", ""},
		{"regular expressions with lookbehind, named groups, `s` and `y`", "/(?<=a)(?<b>.)/sy", ""},
		{"regular expressions with `\\p{…}`", `print(/\p{L}/u)`, "name the characters, as in [A-Za-zÀ-ž]"},
		{"regular expressions with `d` and `v`", "print(/a/d, /a/v)", ""},
		{"`with`", "with ({}) {}", "in a plain script"},
		{"`eval` and `new Function`", "new Function('return 1')()", ""},
	} {
		row(c.what, has(t, c.code), c.note)
	}

	section("What the session adds to the engine")
	for _, prop := range languageProps() {
		here := "no"
		if exists(t, prop.Name) {
			here = "yes"
		}
		row("`"+prop.Name+"`", here, prop.Doc)
	}

	section("Other names")
	for _, name := range strings.Fields(`Promise.any Promise.allSettled Array.prototype.toSorted Array.prototype.at Array.prototype.findLast
		Set.prototype.union Object.hasOwn Error.isError AggregateError Uint8Array.fromBase64 String.prototype.matchAll String.prototype.isWellFormed
		ArrayBuffer.prototype.transfer Iterator RegExp.escape Math.sumPrecise WeakRef FinalizationRegistry Atomics SharedArrayBuffer Float16Array Temporal
		fetch XMLHttpRequest WebSocket Worker process Buffer fs __dirname __filename window document global alert`) {
		here := "no"
		if exists(t, name) {
			here = "yes"
		}
		row("`"+name+"`", here, absent[name])
	}

	if *update {
		if err := os.WriteFile(languagePage, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(languagePage)
	if err != nil || string(want) != page.String() {
		t.Errorf("%s is not what the engine answers (go test ./runtime -run LanguagePage -update writes it anew): %v", languagePage, err)
	}
}

// has says where code works: yes, files, scripts, or no.
func has(t *testing.T, code string) string {
	works := func(name string) bool {
		files := moduleFiles{"lib.js": "exports.x = 1"}
		s, _ := moduleSession(t, files, "")
		_, err := s.Run(t.Context(), name, cmp.Or(code, "const x: number = 1; interface A { b?: string }"))
		return err == nil
	}
	plain, bundled := works("a.js"), works("a.mjs")
	if code == "" {
		plain, bundled = false, works("a.ts")
	}
	switch {
	case plain && bundled:
		return "yes"
	case bundled:
		return "files"
	case plain:
		return "scripts"
	}
	return "no"
}

// exists reports whether there is a name, of which typeof tells.
func exists(t *testing.T, name string) bool {
	s, _ := moduleSession(t, nil, "")
	value, err := s.Eval(t.Context(), "test", "try { typeof "+name+" } catch { 'undefined' }")
	if err != nil {
		t.Fatal(name, err)
	}
	return value.String() != "undefined"
}
