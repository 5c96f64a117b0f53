// Package recipes finds, lists, reads, checks, adds and trusts recipes. It runs none of
// them.
package recipes

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	esbuild "github.com/evanw/esbuild/pkg/api"
	"github.com/go-sourcemap/sourcemap"

	"imapsh/runtime/syntax"
)

// Endings are those of recipes' file names.
var Endings = []string{".js", ".mjs", ".ts"}

// IsRecipe reports whether a file name is that of a recipe: no test of one, and no file
// of type declarations.
func IsRecipe(name string) bool {
	base, ending := path.Base(name), path.Ext(name)
	for _, e := range Endings {
		if ending == e {
			base = strings.TrimSuffix(base, ending)
			return base != "" && !strings.HasPrefix(base, ".") && !strings.HasSuffix(base, ".test") && !strings.HasSuffix(base, ".d")
		}
	}
	return false
}

// source is the text of a recipe with its syntax tree.
type source struct {
	name, text string
	tree       *syntax.Tree
	imports    []importOf
	origin     func(offset int) int // the byte of text of a byte of what was parsed
}

// importOf is a file that a recipe imports, or requires.
type importOf struct {
	specifier string
	names     []string // that it declares
	offset    int      // in the recipe's text
}

// parseSource parses a recipe: a script as it is; a module and TypeScript after esbuild
// has made it plain. The error is a *syntax.Error in terms of text.
func parseSource(name, text string) (*source, error) {
	s := &source{name: name, text: text, origin: func(offset int) int { return offset }}
	typed := strings.HasSuffix(name, ".ts")
	var err error
	if !typed {
		if s.tree, err = syntax.ParseRecipe(text); err == nil {
			return s, nil
		}
		if !strings.Contains(text, "import") && !strings.Contains(text, "export") && !strings.Contains(text, "for await") {
			return nil, err
		}
	}
	return s, s.parseModule(typed)
}

// parseModule has esbuild take types away and write each import and export on a line of
// its own; these are blanked, so that the rest can be parsed as a script.
func (s *source) parseModule(typed bool) error {
	if syntax.TooDeep(s.text) {
		return &syntax.Error{Line: 1, Column: 1, Message: "the text is too long or too deeply nested"}
	}
	loader := esbuild.LoaderJS
	if typed {
		loader = esbuild.LoaderTS
	}
	made := esbuild.Transform(s.text, esbuild.TransformOptions{
		Loader: loader, Sourcefile: s.name, Sourcemap: esbuild.SourceMapExternal, LogLevel: esbuild.LogLevelSilent,
		TsconfigRaw: `{"compilerOptions": {"verbatimModuleSyntax": true}}`, // each import stays
		Supported:   map[string]bool{"for-await": false, "import-attributes": true},
	})
	if len(made.Errors) > 0 {
		first := made.Errors[0]
		found := &syntax.Error{Line: 1, Column: 1, Message: first.Text}
		if at := first.Location; at != nil {
			line := syntax.Line(s.text, at.Line)
			found.Line, found.Column = at.Line, utf8.RuneCountInString(line[:min(at.Column, len(line))])+1
		}
		return found
	}
	code := string(made.Code)
	toSource, err := sourcemap.Parse("", made.Map)
	if err != nil {
		return err
	}
	s.origin = func(offset int) int {
		line, column := syntax.Place(code, offset)
		_, _, fromLine, fromColumn, ok := toSource.Source(line, column-1)
		if !ok {
			return 0
		}
		return offsetOf(s.text, fromLine, fromColumn)
	}
	for _, found := range importLine.FindAllStringSubmatchIndex(code, -1) {
		clause := code[found[0]:found[2]]
		s.imports = append(s.imports, importOf{code[found[2]:found[3]], importedNames(clause), s.origin(found[0])})
	}
	if s.tree, err = syntax.ParseRecipe(blankModule(code)); err != nil {
		if found, ok := err.(*syntax.Error); ok {
			at := s.origin(offsetOf(code, found.Line, found.Column-1))
			found.Line, found.Column = syntax.Place(s.text, at)
		}
	}
	return err
}

var (
	// A line of esbuild's that imports or exports from another file.
	importLine   = regexp.MustCompile(`(?m)^(?:import|export)\b[^"'` + "`" + `;=]*"([^"\n]+)"[^;\n]*;$`)
	exportList   = regexp.MustCompile(`(?m)^export \{[^}]*\};$`)
	exportWord   = regexp.MustCompile(`(?m)^export (default )?`)
	importMember = regexp.MustCompile(`\bimport([.(])`)
)

// importedNames are those that an import declares: a, {b, c as d}, * as e.
func importedNames(clause string) (names []string) {
	clause, isImport := strings.CutPrefix(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(clause, `"`)), "from"), "import ")
	if !isImport {
		return nil
	}
	for part := range strings.FieldsFuncSeq(clause, func(r rune) bool { return r == ',' || r == '{' || r == '}' }) {
		if words := strings.Fields(part); len(words) > 0 {
			names = append(names, words[len(words)-1])
		}
	}
	return names
}

// blankModule makes a script of a module as esbuild writes it, in the same places.
func blankModule(code string) string {
	blank := func(text string) string {
		lines := strings.Split(text, "\n")
		for i := range lines {
			lines[i] = strings.Repeat(" ", len(lines[i]))
		}
		return strings.Join(lines, "\n")
	}
	code = importLine.ReplaceAllStringFunc(code, blank)
	code = exportList.ReplaceAllStringFunc(code, blank)
	code = exportWord.ReplaceAllStringFunc(code, func(text string) string {
		if text == "export " {
			return "       "
		}
		return "var default_ = " // as long as "export default "
	})
	return importMember.ReplaceAllString(code, "imp_rt$1")
}

// offsetOf is the byte at a line from 1 and a column of characters from 0.
func offsetOf(text string, line, column int) int {
	offset := 0
	for range line - 1 {
		next := strings.IndexByte(text[offset:], '\n')
		if next < 0 {
			return len(text)
		}
		offset += next + 1
	}
	for range column {
		if offset >= len(text) || text[offset] == '\n' {
			break
		}
		_, size := utf8.DecodeRuneInString(text[offset:])
		offset += size
	}
	return offset
}
