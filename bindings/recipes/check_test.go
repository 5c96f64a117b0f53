package recipes_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"imapsh/bindings/recipes"
	"imapsh/runtime/api"
	"imapsh/runtime/module"
)

// shell is a small one: find({instrument, days}) gives a List, which has newest() and
// fetch({force}).
func shell() recipes.Shell {
	options := func(allowed ...string) func(map[string]any) error {
		return func(given map[string]any) error {
			for key, value := range given {
				known := false
				for _, name := range allowed {
					known = known || name == key
				}
				if !known {
					err := api.Usagef("unknown option %q", key).(*api.UsageError)
					err.Token = key
					return err
				}
				if text, ok := value.(string); ok && key == "instrument" && text != "mag" {
					return api.Usagef("instrument %q: must be one of mag", text)
				}
			}
			return nil
		}
	}
	return recipes.Shell{
		Functions: map[string]recipes.Function{
			"find": {Options: options("instrument", "days"), Result: "List", Signature: "find({…})"},
			"take": {Params: 1, Options: options("force"), Signature: "take(files, {…})"},
			"show": {Params: -1},
		},
		Statics: map[string]map[string]recipes.Function{"Name": {"build": {Options: options("days")}}},
		Methods: map[string]map[string]recipes.Function{"List": {"newest": {Result: "List"}, "fetch": {Options: options("force")}}},
		Members: map[string][]string{"List": {"map", "filter", "length"}},
		Lists:   map[string]bool{"List": true},
		Globals: []string{"find", "take", "show", "Name", "Object", "print", "parseArgs", "require"},
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{ // line:column message, joined with |
		{"nothing", "find({instrument: 'mag', days: 3}).newest().fetch({force: true});", ""},
		{"an unknown option", "find({instrumnt: 'mag'});", `2:7 unknown option "instrumnt" ^^^^^^^^^`},
		{"two of them", "find({a: 1,\n  b: 2});", `2:7 unknown option "a" ^|3:3 unknown option "b" ^`},
		{"a wrong value", "find({instrument: 'swe'});", `2:19 instrument "swe": must be one of mag ^^^^^`},
		{"a computed value", "find({instrument: args[0], days: n()}); function n() {}", ""},
		{"a computed key", "find({[a]: 1, ...b});", ""},
		{"a short property", "const instrumnt = 'mag'; find({instrumnt});", `2:32 unknown option "instrumnt" ^^^^^^^^^`},
		{"of the second argument", "take(x, {forc: 1});", `2:10 unknown option "forc" ^^^^`},
		{"too many", "take(x, {}, 3);", `2:13 3 arguments where it takes 2 at most; it is called as take(files, {…}) ^`},
		{"spread", "take(...x, {forc: 1});", ""},
		{"no object", "find('mag');", `2:6 options are given as an object; it is called as find({…}) ^^^^^`},
		{"a method", "const files = find();\nfiles.fetch({forc: 1});", `3:14 unknown option "forc" ^^^^`},
		{"of a part of a list", "find().filter(f => f).newest().fetch({forc: 1});", `2:39 unknown option "forc" ^^^^`},
		{"an unknown method", "find().newst();", `2:8 List has no method newst; did you mean "newest"? ^^^^^`},
		{"of an array", "find().map(f => f).newst(); find().length;", ""},
		{"of a variable that changes", "let files = find(); files = {}; files.newst();", ""},
		{"a static function", "Name.build({dys: 1});", `2:13 unknown option "dys" ^^^`},
		{"an unknown function", "fnd({});", `2:1 fnd is not defined; did you mean "find"? ^^^`},
		{"an unknown class", "new Nam();", `2:5 Nam is not defined; did you mean "Name"? ^^^`},
		{"its own function", "function find() {} find({x: 1}); const fnd = () => 1; fnd(); for (const f of []) f(); const g = (...h) => h(); try {} catch (e) { e(); }", ""},
		{"in a function", "const f = () => { find({x: 1}); };", `2:25 unknown option "x" ^`},
		{"a declaration", "parseArgs({options: {days: {type: 'integer', shrt: 'd'}}});", `2:46 parseArgs: options.days: unknown key "shrt"; did you mean "short"? ^^^^`},
		{"a syntax error", "find({;", `2:8 SyntaxError: missing } for the { of line 2 ^`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := checked("a.js", "// A.\n"+test.text); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// files are what can be imported.
type files map[string]string

// ReadModule reads one of them.
func (f files) ReadModule(path string) (name, text string, err error) {
	text, ok := f[path]
	if !ok {
		return "", "", fs.ErrNotExist
	}
	return path, text, nil
}

func checked(name, text string) string {
	finder := module.Finder{Reader: files{
		"there.js": "export const find = 1, x = 2;", "plain.js": "module.exports = 1;",
		"wrong.js": "export const a = ;", "far.js": "export {x} from './gone.js';",
		"circle.js": "import './circle2.js'; export const x = 1;", "circle2.js": "import './circle.js';",
	}}
	var parts []string
	for _, p := range recipes.Check(context.Background(), name, text, ".", shell(), finder) {
		lines := strings.Split(strings.TrimRight(p.Text(), "\n"), "\n")
		parts = append(parts, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Message, strings.TrimSpace(lines[len(lines)-1])))
	}
	return strings.Join(parts, "|")
}

func TestCheckFiles(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"no comment", "a.js", "find();", `1:1 no comment says what the recipe is for: the first line is one ^`},
		{"a test", "a.test.js", "test('x', () => { fnd(); });", `1:19 fnd is not defined; did you mean "find"? ^^^`},
		{"a permission", "a.js", "// A.\n// @allow uplaod\n", `2:4 @allow uplaod: must be one of upload, reprocess, release; did you mean "upload"? ^^^^^^`},
		{"imports", "a.mjs", "// A.\nimport {find} from './there.js';\nimport x from './gone.js';\nfind({x: 1});\nx();\n", `3:1 "./gone.js": there is no such file beside this one, nor among the recipes ^^^^^^`},
		{"require", "a.js", "// A.\nrequire('./plain.js'); const x = require('./gone.js');", `2:42 "./gone.js": there is no such file beside this one, nor among the recipes ^^^^^^^^^^^`},
		{"what is not exported", "a.mjs", "// A.\nimport {gone} from './there.js';\ngone();\n", `2:9 No matching export in "there.js" for import "gone" ^^^^`},
		{"an error in what is imported", "a.mjs", "// A.\nimport {a} from './wrong.js';\nprint(a);\n", `1:18 Unexpected ";" ^`},
		{"an import of what is imported", "a.mjs", "// A.\nimport {x} from './far.js';\nprint(x);\n", `1:17 "./gone.js": there is no such file beside this one, nor among the recipes ^^^^^^^^^^^`},
		{"TypeScript", "a.ts", "// A.\nimport type {X} from './there.js';\ninterface Y {a: string}\nfind({instrumnt: 'mag' as const});\n", `4:7 unknown option "instrumnt" ^^^^^^^^^`},
		{"wide characters", "a.js", "// A.\nshow('日本'); find({x: 1});", `2:19 unknown option "x" ^`},
		{"escapes", "a.js", "// A.\n'\x1b[31m'; find({x: 1});", `2:16 unknown option "x" ^`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := checked(test.file, test.text); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
