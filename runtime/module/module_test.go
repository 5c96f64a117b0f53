package module_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"imapsh/runtime/module"
	"imapsh/runtime/syntax"
)

// files is a Reader of texts by path. A text that begins with -> is a link.
type files map[string]string

func (f files) ReadModule(path string) (string, string, error) {
	text, ok := f[filepath.ToSlash(path)]
	if target, link := strings.CutPrefix(text, "->"); link {
		return f.ReadModule(target)
	}
	switch {
	case !ok:
		return "", "", fs.ErrNotExist
	case text == "denied":
		return "", "", errors.New("reading " + path + ": access denied")
	}
	return path, text, nil
}

// run bundles a file and runs it; it gives what the script logs and then its default
// export, joined by blanks.
func run(t *testing.T, f files, entry string, places ...string) (string, error) {
	t.Helper()
	code, err := module.Bundle(t.Context(), module.Finder{Reader: f, Places: places}, module.File{Name: entry, Text: f[entry]})
	if err != nil {
		return "", err
	}
	program, err := syntax.Module(code.Name, code.Text, code.Map, module.Result)
	if err != nil {
		t.Fatalf("%v in\n%s", err, code.Text)
	}
	vm := goja.New()
	for _, name := range []string{"<shift>", "<power>", "<exponent>"} {
		vm.Set(name, func(c goja.FunctionCall) goja.Value { panic(vm.ToValue(name + " is looked at")) })
	}
	var logged []string
	vm.Set("log", func(text string) { logged = append(logged, text) })
	made, err := vm.RunProgram(program)
	if err != nil {
		t.Fatal(err)
	}
	script, _ := goja.AssertFunction(made)
	value, err := script(goja.Undefined(), vm.ToValue(func(exports *goja.Object) {
		if result := exports.Get("default"); result != nil {
			logged = append(logged, result.String())
		}
	}))
	if err != nil {
		return strings.Join(logged, " "), err
	}
	if p, ok := value.Export().(*goja.Promise); ok {
		switch p.State() {
		case goja.PromiseStateRejected:
			return "", errors.New(p.Result().ToObject(vm).Get("stack").String())
		case goja.PromiseStatePending:
			return "", errors.New("it never settles")
		}
	}
	return strings.Join(logged, " "), nil
}

func TestBundle(t *testing.T) {
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"a helper":   {files{"a.js": "import {x} from './lib/x.js'; log(x)", "lib/x.js": "export const x = 'from lib'"}, "from lib"},
		"TypeScript": {files{"a.ts": "enum E {One = 1}\nconst f = <T,>(x: T): T => x; log(f<string>('typed' + E.One)) "}, "typed1"},
		"three files": {files{
			"a.ts": "import {b} from './b'; import type {T} from './c'; const x: T = b; log(x)",
			"b.ts": "import {c} from './c.js'; export const b: string = c + '!'",
			"c.ts": "export type T = string; export const c = 'deep'",
		}, "deep!"},
		"await at the top level": {files{"a.js": "import {x} from './x.js'; log(x); log(await Promise.resolve('mine'))", "x.js": "export const x = await Promise.resolve('theirs')"}, "theirs mine"},
		"its result":             {files{"a.js": "export default 6 * 7"}, "42"},
		"JSON":                   {files{"a.js": "import d from './d.json'; import {n} from './d.json'; log(d.s + n)", "d.json": `{"s": "é", "n": 2}`}, "é2"},
		"JSON with a type":       {files{"a.js": "import d from './d.json' with {type: 'json'}; log(d[0])", "d.json": `["first"]`}, "first"},
		"required in a module":   {files{"a.js": "import './b.js'; log(require('./c.js').c); log(require('./d.json').d)", "b.js": "log('b')", "c.js": "exports.c = 'common'", "d.json": `{"d": "json"}`}, "b common json"},
		"required TypeScript":    {files{"a.ts": "const {c}: {c: string} = require('./c'); log(c)", "c.ts": "export const c: string = 'ts'"}, "ts"},
		"loaded once": {files{
			"a.js": "import './b.js'; import './c.js'; import './l.js'; log('a')", "b.js": "import './n.js'", "c.js": "import './sub/../n.js'; require('./n.js')",
			"n.js": "log('once')", "l.js": "->n.js",
		}, "once a"},
		"for await":          {files{"a.mjs": "for await (const x of [Promise.resolve('p'), 'q']) log(x)"}, "p q"},
		"async generators":   {files{"a.mjs": "async function* g() { yield 'y' }\nfor await (const x of g()) log(x)"}, "y"},
		"using":              {files{"a.mjs": "{ using x = {[Symbol.dispose ?? Symbol.for('Symbol.dispose')]() { log('gone') }}; log('here') }"}, "here gone"},
		"import()":           {files{"a.js": "log((await import('./x.js')).x)", "x.js": "export const x = 'later'"}, "later"},
		"a hashbang":         {files{"a.js": "#!/usr/bin/env imapsh\nimport './x.js'", "x.js": "#!/usr/bin/env imapsh\nlog('x')"}, "x"},
		"strict":             {files{"a.js": "export {}; try { undeclared = 1 } catch (e) { log(e.name) }"}, "ReferenceError"},
		"classes":            {files{"a.ts": "class A { #x = 1; static s = 'static'; constructor(private readonly y: number) {} sum() { return this.#x + this.y } }\nlog(A.s + new A(2).sum())"}, "static3"},
		"a place":            {files{"a.js": "import {x} from 'lib/x.js'; import {y} from 'lib/y'; log(x + y)", "team/lib/x.js": "export const x = 'team'", "imapsh:lib/y.ts": "import './z'; export const y = 'own'", "imapsh:lib/z.ts": "log('z')"}, "z teamown"},
		"beside, then place": {files{"a.js": "import {x} from './x.js'; import {y} from './y.js'; log(x + y)", "x.js": "export const x = 'here'", "team/x.js": "export const x = 'there'", "team/y.js": "export const y = 'there'"}, "herethere"},
		"type-only circle":   {files{"a.ts": "import {b} from './b'; export type T = string; log(b)", "b.ts": "import type {T} from './a'; import {T as U} from './a'; export const b: T = 'fine'; export type V = U"}, "fine"},
	} {
		t.Run(name, func(t *testing.T) {
			entry := "a.js"
			for _, kind := range []string{"a.ts", "a.mjs"} {
				if _, ok := c.files[kind]; ok {
					entry = kind
				}
			}
			got, err := run(t, c.files, entry, "team", "imapsh:")
			if err != nil || got != c.want {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestBundleErrors(t *testing.T) {
	for name, c := range map[string]struct {
		files files
		want  string
	}{
		"syntax":            {files{"a.ts": "const x: number = 1;\nconst y: = 2;"}, "a.ts:2:10: Unexpected \"=\""},
		"syntax, wide":      {files{"a.ts": "export const é = '☂', b c"}, "a.ts:1:25: Expected \";\" but found \"c\""},
		"in an import":      {files{"a.js": "import './lib/b.ts'", "lib/b.ts": "\n  let 1"}, "lib/b.ts:2:7: Expected \";\" but found \"1\""},
		"not there":         {files{"a.js": "\nimport {x} from './nowhere.js'"}, `a.js:2:17: "./nowhere.js": there is no such file beside this one, nor among the recipes (team, imapsh:)`},
		"bare":              {files{"a.js": "import _ from 'lodash'"}, `a.js:1:15: "lodash": there is no such module among the recipes (team, imapsh:); packages of npm are not available, and a file beside this one is written ./lodash`},
		"a URL":             {files{"a.js": "import 'https://example.org/x.js'"}, `a.js:1:8: "https://example.org/x.js": modules are files beside this one, such as ./lib/days.js, and recipes; no URL and no absolute path names one`},
		"absolute":          {files{"a.js": "import '/etc/passwd.js'", "/etc/passwd.js": "1"}, `a.js:1:8: "/etc/passwd.js": modules are files beside`},
		"another kind":      {files{"a.js": "import './x.css'", "x.css": "a {}"}, `a.js:1:8: "./x.css": modules are .js, .mjs, .ts and .json files; readText reads others`},
		"denied":            {files{"a.js": "import '../x.js'", "../x.js": "denied"}, "a.js:1:8: reading ../x.js: access denied"},
		"no such export":    {files{"a.js": "import {y} from './x.js'; y()", "x.js": "export const x = 1"}, `a.js:1:9: No matching export in "x.js" for import "y"`},
		"a circle":          {files{"a.js": "import './b.js'", "b.js": "import './c.js'", "c.js": "\nimport {b} from \"./b.js\"; b()"}, "c.js:2:17: modules import one another in a circle: b.js → c.js → b.js"},
		"a circle of one":   {files{"a.js": "import './a.js'"}, "a.js:1:8: modules import one another in a circle: a.js → a.js"},
		"a circle required": {files{"a.js": "import './b.js'", "b.js": "require('./a.js')"}, "b.js:1:9: modules import one another in a circle: a.js → b.js → a.js"},
		"import.meta":       {files{"a.js": "export const u = import.meta.url"}, "a.js:1:18: import.meta is not here: "},
		"bad JSON":          {files{"a.js": "import './d.json'", "d.json": "{\n\"a\" 1}"}, "d.json:2:5: Expected \":\" in JSON but found \"1\""},
		"return":            {files{"a.js": "import './b.js'\nreturn 1", "b.js": ""}, "a.js:2:1: return does not work at the top level of a module; its result is what it exports as default"},
		"required await":    {files{"a.js": "import './c.js'; require('./ü.js')", "ü.js": "export const x = await 1", "c.js": ""}, "a.js:1:26: a module with await at its top level is imported, not required"},
		"too deep":          {files{"a.js": "import './b.ts'", "b.ts": strings.Repeat("(", 1<<20)}, "a.js:1:8: the text is too long or too deeply nested"},
		"too deep behind":   {files{"a.js": "import './b.ts'", "b.ts": ")" + strings.Repeat("(", 1<<20)}, "a.js:1:8: the text is too long or too deeply nested"},
		"deep JSON":         {files{"a.js": "import './b.json'", "b.json": strings.Repeat("[", 1<<20)}, "a.js:1:8: the JSON is too deeply nested"},
		"the entry":         {files{"a.mjs": strings.Repeat("(", 1<<20)}, "a.mjs: the text is too long or too deeply nested"},
	} {
		t.Run(name, func(t *testing.T) {
			entry := "a.js"
			for _, kind := range []string{"a.ts", "a.mjs"} {
				if _, ok := c.files[kind]; ok {
					entry = kind
				}
			}
			got, err := run(t, c.files, entry, "team", "imapsh:")
			var at *module.Error
			if !errors.As(err, &at) || !strings.HasPrefix(err.Error(), c.want) {
				t.Fatalf("%q, %v\nwant %s", got, err, c.want)
			}
			if at.Line > 0 {
				if line := strings.Split(c.files[at.File], "\n")[at.Line-1]; line != at.Source {
					t.Errorf("the line is %q, not %q", at.Source, line)
				}
			}
		})
	}
}

// TestPlaces checks that what goes wrong while modules run is placed in their files.
func TestPlaces(t *testing.T) {
	deep := "export interface Day { day: string }\n\n/** A comment. */\nexport function first(days: Day[]): string {\n  const wide: string = '☂é'; return days[0].day.toUpperCase();\n}\n"
	for name, c := range map[string]struct {
		files files
		want  []string // beginnings of the stack's places
	}{
		"an import": {files{"a.ts": "import {first} from './lib/f';\nconst none: never[] = [];\nlog(first(none));", "lib/f.ts": deep}, []string{"first (lib/f.ts:5:", "a.ts:3:"}},
		"a class":   {files{"a.ts": "class A {\n  x: number = 1;\n  f(): void {\n    throw new Error('é');\n  }\n}\nexport {};\nnew A().f();"}, []string{"f (a.ts:4:11", "a.ts:8:"}},
		"awaited":   {files{"a.ts": "await Promise.resolve();\nlet é: any = null;\n'é'; é.x;"}, []string{"a.ts:3:"}},
		"absolute":  {files{"/r/a.ts": "import {first} from './f b';\nlog(first([]));", "/r/f b.ts": deep}, []string{"first (file:///r/f%20b.ts:5:", "file:///r/a.ts:2:"}},
		"required":  {files{"a.ts": "import './b';", "b.ts": "const f = require('./c'); f();", "c.js": "module.exports = () => {\n\n  throw new Error('x'); }"}, []string{"c.js:3:", "b.ts:1:"}},
	} {
		t.Run(name, func(t *testing.T) {
			entry := "a.ts"
			if _, ok := c.files[entry]; !ok {
				entry = "/r/a.ts"
			}
			_, err := run(t, c.files, entry)
			if err == nil {
				t.Fatal("no error")
			}
			stack := err.Error()
			var thrown *goja.Exception
			if errors.As(err, &thrown) {
				stack = thrown.String()
			}
			at := 0
			for _, want := range c.want {
				i := strings.Index(stack[at:], want)
				if i < 0 {
					t.Fatalf("no %q in\n%s", want, stack)
				}
				at += i
			}
		})
	}
}

func TestTranslate(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"exports":    {"a.js", "exports.x = 'plain'", "plain"},
		"export":     {"a.js", "export const x = 'module'", "module"},
		"TypeScript": {"a.ts", "export const x: string = 'ts' as const", "ts"},
		"requires":   {"a.ts", "import {y} from './y'; import type {T} from './t'; export const x: T = y", "./y"},
		"JSON":       {"a.json", `{"x": "json"}`, "json"},
		"a hashbang": {"a.js", "#!/usr/bin/env imapsh\nexports.x = 'x'", "x"},
	} {
		t.Run(name, func(t *testing.T) {
			code, err := module.Translate(t.Context(), module.File{Name: c.file, Text: c.text})
			if err != nil {
				t.Fatal(err)
			}
			program, err := syntax.Module(code.Name, code.Text, code.Map, "exports", "require", "module")
			if err != nil {
				t.Fatal(err)
			}
			vm := goja.New()
			made, err := vm.RunProgram(program)
			if err != nil {
				t.Fatal(err)
			}
			load, _ := goja.AssertFunction(made)
			m := vm.NewObject()
			exports := vm.NewObject()
			m.Set("exports", exports)
			required := func(name string) map[string]string { return map[string]string{"y": name} }
			if _, err := load(goja.Undefined(), exports, vm.ToValue(required), m); err != nil {
				t.Fatal(err)
			}
			if got := m.Get("exports").ToObject(vm).Get("x").String(); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"await":    {"a.js", "export const x = await 1", "a.js:1:18: a module with await at its top level is imported, not required"},
		"syntax":   {"lib/a.ts", "let x: number =\n", "lib/a.ts:2:1: Unexpected end of file"},
		"bad JSON": {"a.json", "[1,", "a.json:1:4: Unexpected end of file in JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := module.Translate(t.Context(), module.File{Name: c.file, Text: c.text}); err == nil || err.Error() != c.want {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}

// TestGuards checks that the operators of bundled code are looked at, as a plain script's
// are.
func TestGuards(t *testing.T) {
	for _, code := range []string{"1n << by", "2n ** by", "(x => x **= by)(2n)"} {
		_, err := run(t, files{"a.js": "import {by} from './b.js'; log(String(" + code + "))", "b.js": "export const by = 1n"}, "a.js")
		if err == nil || !strings.Contains(err.Error(), "is looked at") {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped")
	cancel(stopped)
	entered := make(chan struct{})
	defer close(entered)
	_, err := module.Bundle(ctx, module.Finder{Reader: waiting{entered}}, module.File{Name: "a.js", Text: "import './b.js'"})
	if !errors.Is(err, stopped) {
		t.Errorf("%v", err)
	}
}

// waiting never answers while a test runs, but for the entry.
type waiting struct{ done chan struct{} }

func (w waiting) ReadModule(path string) (string, string, error) {
	if path != "a.js" {
		<-w.done
	}
	return "", "", fs.ErrNotExist
}

func TestNeeded(t *testing.T) {
	for text, want := range map[string]bool{
		"import './x.js'": true, "import x from 'x'": true, "import {x} from 'x'": true, "import * as x from 'x'": true,
		"print(1)\nexport default 1": true, "export {}": true, "const x = await import('./x.js')": true, "import.meta": true,
		"print('import x from y')": false, "// import x from 'y'\nprint(1)": false, "const o = {import: 1, export: 2}": false,
		"o.import('x'); o.export": false, "const important = exported": false, "`import ${x} from`": false, "": false, "import": false,
	} {
		if got := module.Needed("a.js", text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	if !module.Needed("a.ts", "") || !module.Needed("a.mjs", "") || module.Needed("a.js", "1") {
		t.Error("endings")
	}
}

// TestManyParts gives esbuild texts that are as large as the limits of depth allow.
func TestManyParts(t *testing.T) {
	const many = 200_000
	for name, text := range map[string]string{
		"commas": strings.Repeat("a,", 2000) + "a", "statements": strings.Repeat("a;", many), "lines": strings.Repeat("a\n", many),
		"elements": "[" + strings.Repeat("1,", many) + "]", "regexes": strings.Repeat("/", many), "group": "/" + strings.Repeat("(", many) + "/",
		"backslashes": strings.Repeat("\\", many), "hashes": strings.Repeat("#", many), "signs": strings.Repeat("!", 9000) + "1",
		"conditions": strings.Repeat("a?b:", 400) + "1", "brackets": strings.Repeat("[", 900) + strings.Repeat("]", 900),
		"types": "let x: " + strings.Repeat("A<", 900) + "1" + strings.Repeat(">", 900), "arrows": strings.Repeat("(a: ", 900) + "b" + strings.Repeat(") => c", 9),
		"unread": ")" + strings.Repeat("(", 1<<16-1), "unread types": ")" + strings.Repeat("A<", 1<<15-1),
	} {
		t.Run(name, func(t *testing.T) {
			f := module.File{Name: "a.ts", Text: "export {}\n" + text}
			if _, err := module.Bundle(t.Context(), module.Finder{Reader: files{}}, f); err != nil {
				t.Log(err.Error()[:min(len(err.Error()), 200)])
			}
		})
	}
}
