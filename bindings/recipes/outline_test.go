package recipes_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"imapsh/bindings/recipes"
)

func TestRead(t *testing.T) {
	const call = "const {values} = parseArgs({options: {days: {type: 'integer', short: 'd', default: '3', description: 'how ' + 'many'}}});\n"
	for _, test := range []struct {
		name, file, text string
		comment          string
		allow            []string
		options          string // what help says; empty: no parseArgs
		computed         bool
	}{
		{"a plain script", "a.js", "// Says hello.\n" + call, "Says hello.", nil, "-d, --days INTEGER   how many (default 3)", false},
		{"with #!", "a.js", "#!/usr/bin/env imapsh\n// Says hello.\nprint(1);\n", "Says hello.", nil, "", false},
		{"several lines", "a.js", "// Says hello.\n// To all.\n\n// not this\nprint(1)", "Says hello.\nTo all.", nil, "", false},
		{"a block", "a.js", "/**\n * Says hello.\n * @allow upload\n */\nprint(1)", "Says hello.", []string{"upload"}, "", false},
		{"permissions", "a.js", "// Sends.\n// @allow upload, reprocess\n\n// @allow release\nprint(1) // @allow nothing\n// @allow more", "Sends.", []string{"upload", "reprocess", "release"}, "", false},
		{"no permission", "a.js", "// @allowed upload\n// email me@allow upload\n", "@allowed upload\nemail me@allow upload", nil, "", false},
		{"no comment", "a.js", call + "// late", "", nil, "--days INTEGER", false},
		{"awaits and returns", "a.js", "// A.\n" + call + "await 1; return 2", "A.", nil, "--days", false},
		{"in a function", "a.js", "// A.\nfunction main() { " + call + " }\nmain()", "A.", nil, "--days", false},
		{"a module", "a.mjs", "// A.\nimport {missing} from './lib.js';\n" + call + "export default missing;\nexport {values};\nexport function f() {}\nawait 1;\n", "A.", nil, "--days", false},
		{"TypeScript", "a.ts", "// A.\nimport type {X} from './lib';\ninterface Y {a: string}\nconst config = 1 as const;\n" + call, "A.", nil, "--days", false},
		{"a variable", "a.js", "// A.\nconst config = {};\nparseArgs(config)", "A.", nil, "", true},
		{"a computed description", "a.js", "// A.\nparseArgs({options: {a: {type: 'string', description: `${1}`}}})", "A.", nil, "", true},
		{"spread", "a.js", "// A.\nparseArgs({options: {...more}})", "A.", nil, "", true},
		{"twice", "a.js", "// A.\nparseArgs({}); parseArgs({})", "A.", nil, "", true},
		{"its own function", "a.js", "// A.\nfunction parseArgs() {}\nparseArgs({options: 5})", "A.", nil, "", false},
		{"imported", "a.mjs", "// A.\nimport {parseArgs} from './mine.js';\nparseArgs({options: 5})", "A.", nil, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := recipes.Read(test.file, test.text)
			if err != nil {
				t.Fatal(err)
			}
			help := ""
			if got.Args != nil {
				help = got.Args.Help("r")
			}
			if got.Comment != test.comment || got.Computed != test.computed || (help == "") != (test.options == "") || !strings.Contains(help, test.options) {
				t.Errorf("%+v\n%s", got, help)
			}
			if diff := cmp.Diff(test.allow, got.Allow); diff != "" {
				t.Errorf("permissions (-want +got)\n%s", diff)
			}
		})
	}
}

// TestReadFaults keeps what can be read of a recipe with an error in it, and says where
// the error is in its own text.
func TestReadFaults(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"a script", "a.js", "// A.\nlet x = ;", "Unexpected token ; (line 2, column 9)"},
		{"a module", "a.mjs", "// A.\nimport x from 'y';\nlet é = ;", "Unexpected \";\" (line 3, column 9)"},
		{"TypeScript", "a.ts", "// A.\nlet x: = 5;", "Unexpected \"=\" (line 2, column 8)"},
		{"a misspelt key", "a.js", "// A.\nparseArgs({option: {}})", `parseArgs: unknown key "option"; did you mean "options"?`},
		{"deeply nested", "a.js", "// A.\n" + strings.Repeat("[", 100000), "nested"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := recipes.Read(test.file, test.text)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if got.Comment != "A." {
				t.Errorf("comment %q", got.Comment)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.ts", "// A.\n// @allow upload\nimport x from 'y';\nexport default parseArgs({options: {a: {type: 'date'}}})")
	f.Add("a.js", "/* unclosed")
	f.Add("a.mjs", "export {a as b} from './x'; for await (const x of y) {}")
	f.Fuzz(func(t *testing.T, name, text string) {
		got, err := recipes.Read(name, text)
		if err == nil && got.Args != nil {
			got.Args.Help(name)
		}
	})
}
