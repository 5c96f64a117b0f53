package runtime

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"imapsh/runtime/module"
)

// moduleFiles are files by path.
type moduleFiles map[string]string

func (f moduleFiles) ReadModule(path string) (string, string, error) {
	text, ok := f[path]
	if !ok {
		return "", "", fs.ErrNotExist
	}
	return path, text, nil
}

func moduleSession(t *testing.T, files moduleFiles, script string) (*Session, *bytes.Buffer) {
	t.Helper()
	out := &bytes.Buffer{}
	s, err := New(Options{Stdout: out, Stderr: out, Args: []string{"one"}, Modules: module.Finder{Reader: files, Places: []string{"team"}}, Dir: module.Dir(script)})
	if err != nil {
		t.Fatal(err)
	}
	return s, out
}

func TestRunModules(t *testing.T) {
	for name, c := range map[string]struct {
		files moduleFiles
		want  string // the output
		value string
	}{
		"TypeScript": {moduleFiles{
			"r/a.ts":       "import {first, type Day} from './lib/b';\nconst d: Day = {day: args[0]}; print(first([d])); export default 7",
			"r/lib/b.ts":   "import c from './c.json'; export interface Day {day: string} export const first = (days: Day[]): string => c.before + days[0].day",
			"r/lib/c.json": `{"before": "day "}`,
		}, "day one\n", "7"},
		"await":     {moduleFiles{"r/a.js": "import {x} from './b.js'; print(await x); export default await Promise.resolve(2)", "r/b.js": "export const x = Promise.resolve(1)"}, "1\n", "2"},
		"a promise": {moduleFiles{"r/a.js": "export default Promise.resolve(3)"}, "", "3"},
		"require": {moduleFiles{
			"r/a.js": "const {x} = require('./b'); const again = require('./b.js'); print(x, again.x === x, require('./c.json').n, require('./d.ts').default); return 'plain'",
			"r/b.js": "print('once'); exports.x = {deep: require('./lib/e').e}", "r/c.json": `{"n": 1}`, "r/d.ts": "const d: string = 'typed'; export default d", "r/lib/e.js": "module.exports = {e: require('../c.json').n}",
		}, "once\n{ deep: 1 } true 1 typed\n", "plain"},
		"from a place": {moduleFiles{"r/a.js": "import {x} from 'lib/x.js'; print(x, require('lib/x').x)", "team/lib/x.js": "export const x = 'team'"}, "team team\n", "undefined"},
		"no exports":   {moduleFiles{"r/a.ts": "const x: number = 5; print(x)"}, "5\n", "undefined"},
	} {
		t.Run(name, func(t *testing.T) {
			script := "r/a.js"
			if _, ok := c.files[script]; !ok {
				script = "r/a.ts"
			}
			s, out := moduleSession(t, c.files, script)
			value, err := s.Run(t.Context(), script, c.files[script])
			if err != nil || out.String() != c.want || value.String() != c.value {
				t.Errorf("%q, %v, %v; want %q, %s", out, value, err, c.want, c.value)
			}
		})
	}
}

func TestModuleErrors(t *testing.T) {
	for name, c := range map[string]struct {
		files moduleFiles
		want  string // as WriteError has it
	}{
		"syntax": {moduleFiles{"r/a.ts": "const x: number = 1;\nconst y: string == 'é';"},
			"SyntaxError: Expected \";\" but found \"==\"\n    const y: string == 'é';\n                    ^^\n    at r/a.ts:2:17\n"},
		"in an import": {moduleFiles{"r/a.ts": "import {f} from './b';\nf();", "r/b.ts": "interface X { y: number }\nexport function f(): number {\n  const x: X | null = null;\n  return x.y;\n}"},
			"TypeError: Cannot read property 'y' of null or undefined\n      return x.y;\n               ^\n    at f r/b.ts:4:12, r/a.ts:2\n"},
		"a name": {moduleFiles{"r/a.ts": "import {g} from './b'; g", "r/b.ts": "export const f = 1"},
			"SyntaxError: No matching export in \"r/b.ts\" for import \"g\"\n    import {g} from './b'; g\n            ^\n    at r/a.ts:1:9\n"},
		"not found": {moduleFiles{"r/a.ts": "import './b'"},
			"Error: \"./b\": there is no such file beside this one, nor among the recipes (team)\n    import './b'\n           ^^^^^\n    at r/a.ts:1:8\n"},
		"a circle": {moduleFiles{"r/a.ts": "import './b'", "r/b.ts": "import './a'"},
			"Error: modules import one another in a circle: r/a.ts → r/b.ts → r/a.ts\n    import './a'\n           ^^^^^\n    at r/b.ts:1:8\n"},
		"a required circle": {moduleFiles{"r/a.js": "require('./b')", "r/b.js": "require('./c')", "r/c.js": "\nrequire('./b')"},
			"Error: require: modules require one another in a circle: r/b.js → r/c.js → r/b.js\n    require('./b')\n    ^\n    at r/c.js:2:1, r/b.js:1, r/a.js:1\n"},
		"thrown when required": {moduleFiles{"r/a.js": "require('./b')", "r/b.ts": "const f = (x: string): never => {\n  throw new Error(x)\n}\nf('no')"},
			"Error: no\n      throw new Error(x)\n            ^\n    at f r/b.ts:2:9, r/b.ts:4, r/a.js:1\n"},
		"syntax when required": {moduleFiles{"r/a.js": "require('./b')", "r/b.ts": "\nconst é: = 1"},
			"SyntaxError: Unexpected \"=\"\n    const é: = 1\n             ^\n    at r/b.ts:2:10\n"},
		"the engine's limits": {moduleFiles{"r/a.ts": "const x: RegExp =\n  /\\p{L}/u; print(x)"},
			"SyntaxError: Invalid regular expression: \\p{...} is not supported; name the characters, as in [A-Za-zÀ-ž]\n      /\\p{L}/u; print(x)\n      ^\n    at r/a.ts:2:3\n"},
		"dynamic": {moduleFiles{"r/a.mjs": "const x = './b';\nrequire(x)"},
			"Error: require: in a file with import, export or types its name must be a string in quotes\n    require(x)\n    ^\n    at r/a.mjs:2:1\n"},
		"a guarded operator": {moduleFiles{"r/a.ts": "import {by} from './b';\n1n << by", "r/b.ts": "export const by: bigint = 1n << 60n"},
			"RangeError: the BigInt would have more than 67108864 bits\n    1n << by\n          ^\n    at r/a.ts:2:7\n"},
		"endless recursion": {moduleFiles{"r/a.ts": "const f = (n: number): number => f(n + 1) + 1;\nf(0)"},
			"RangeError: too many calls inside one another: a function calls itself without end\n"},
	} {
		t.Run(name, func(t *testing.T) {
			script := "r/a.js"
			for _, kind := range []string{"r/a.ts", "r/a.mjs"} {
				if _, ok := c.files[kind]; ok {
					script = kind
				}
			}
			s, _ := moduleSession(t, c.files, script)
			_, err := s.Run(t.Context(), script, c.files[script])
			if err == nil {
				t.Fatal("no error")
			}
			var out bytes.Buffer
			WriteError(&out, err, SourceFile)
			if got := out.String(); !strings.HasPrefix(got, c.want) {
				t.Errorf("%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestModuleStack checks that a script reads the places of its own files.
func TestModuleStack(t *testing.T) {
	files := moduleFiles{"a.ts": "import {f} from './b';\ntry { f() } catch (e) { print((e as Error).stack) }", "b.ts": "type N = number;\n\nexport const f = (): N => { throw new Error('x') }"}
	s, out := moduleSession(t, files, "a.ts")
	if _, err := s.Run(t.Context(), "a.ts", files["a.ts"]); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "at f (b.ts:3:35") || !strings.Contains(out.String(), "at a.ts:2:") {
		t.Error(out)
	}
}

// TestLoadModule checks that what a module exports is there afterwards, as what a plain
// script declares is.
func TestLoadModule(t *testing.T) {
	files := moduleFiles{"a.ts": "import {x} from './b'; export const y: number = x + args.length; export function f(): string { return 'f' }; export default 5", "b.ts": "export const x = 1"}
	s, _ := moduleSession(t, files, "")
	value, err := s.Load(t.Context(), "a.ts", files["a.ts"], []string{"p", "q"})
	if err != nil || value.String() != "5" {
		t.Fatal(value, err)
	}
	if value, err := s.Eval(t.Context(), "<prompt>", "f() + y + require('./b').x"); err != nil || value.String() != "f31" {
		t.Error(value, err)
	}
}
