package recipes

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja/ast"

	"imapsh/bindings/recipes/parseargs"
	"imapsh/bindings/sandbox"
	"imapsh/runtime/api"
	"imapsh/runtime/module"
	"imapsh/runtime/syntax"
	"imapsh/runtime/termtext"
)

// Problem is something that is wrong with a recipe, and where.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`   // from 1
	Column  int    `json:"column"` // from 1, in characters
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`

	source string // the line
	width  int    // characters at fault
}

// Text shows a problem with the line and a caret under the place.
func (p Problem) Text() string {
	line := []rune(strings.ReplaceAll(p.source, "\t", " "))
	start := min(max(p.Column-1, 0), len(line))
	end := min(start+max(p.width, 1), len(line))
	head, marked := termtext.EscapeLine(string(line[:start])), termtext.EscapeLine(string(line[start:end]))
	text := fmt.Sprintf("%s:%d:%d: %s\n", termtext.EscapeLine(p.File), p.Line, p.Column, termtext.EscapeLine(p.Message))
	if len(line) > 0 {
		text += "    " + termtext.EscapeLine(string(line)) + "\n    " + strings.Repeat(" ", termtext.Width(head)) + strings.Repeat("^", max(termtext.Width(marked), 1)) + "\n"
	}
	if p.Hint != "" {
		text += "hint: " + p.Hint + "\n"
	}
	return text
}

// Function is what is known of a function of the shell.
type Function struct {
	Params    int                        // how many it takes before its options; -1: any number
	Options   func(map[string]any) error // checks options; nil values are not looked at. nil: it takes none
	Signature string
	Result    string // the class that it gives; empty: none, or not known
}

// Shell is what a recipe may call.
type Shell struct {
	Functions map[string]Function            // global functions, under each of their names
	Statics   map[string]map[string]Function // of classes
	Methods   map[string]map[string]Function // of their instances
	Members   map[string][]string            // all other names that instances have
	Lists     map[string]bool                // classes whose instances are arrays
	Globals   []string                       // all global names
}

// Check reads a recipe and says what would go wrong when it runs: it cannot be parsed, an
// import leads nowhere, a call of the shell has an unknown option or a wrong value. It
// runs none of it. dir and finder are those of a session that would run it; without a
// Reader imports are not looked for.
func Check(ctx context.Context, name, text, dir string, shell Shell, finder module.Finder) []Problem {
	c := checker{name: name, text: text, shell: shell}
	comment, allow := header(text)
	if isTest(name) {
		c.shell.Globals = append(slices.Clip(shell.Globals), "test", "assert")
	} else if comment == "" {
		c.problem(0, 1, api.Usagef("no comment says what the recipe is for: the first line is one"))
	}
	if err := sandbox.CheckWords(allow); err != nil {
		c.problem(strings.Index(text, "@allow"), len("@allow"), err)
	}
	source, err := parseSource(name, text)
	var fault *syntax.Error
	switch {
	case errors.As(err, &fault):
		c.problems = append(c.problems, Problem{File: name, Line: fault.Line, Column: fault.Column, Message: "SyntaxError: " + fault.Message, source: syntax.Line(text, fault.Line)})
		return c.problems
	case err != nil:
		c.problem(0, 1, err)
		return c.problems
	}
	c.source, c.declared = source, source.declared()
	if finder.Reader != nil {
		c.imports(ctx, finder, module.Entry(dir, name))
	}
	c.classes = c.variables()
	source.tree.Walk(func(node any) bool {
		switch n := node.(type) {
		case *ast.CallExpression:
			c.call(n)
		case *ast.NewExpression:
			c.construct(n)
		}
		return true
	})
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return c.problems
}

// isTest reports whether a file is one of tests of recipes.
func isTest(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), ".test")
}

type checker struct {
	name, text string
	shell      Shell
	source     *source
	declared   map[string]bool
	classes    map[string]string // of variables
	problems   []Problem
}

// problem notes an error at a byte of the recipe.
func (c *checker) problem(offset, width int, err error) {
	offset = min(max(offset, 0), len(c.text))
	line, column := syntax.Place(c.text, offset)
	p := Problem{File: c.name, Line: line, Column: column, Message: err.Error(), source: syntax.Line(c.text, line), width: width}
	var hinter api.Hinter
	if errors.As(err, &hinter) {
		p.Hint = hinter.Hint()
	}
	c.problems = append(c.problems, p)
}

// at notes an error at a node of the tree.
func (c *checker) at(node ast.Node, err error) {
	start := c.source.origin(c.source.tree.Offset(node.Idx0()))
	end := c.source.origin(c.source.tree.Offset(node.Idx1()))
	if end <= start || end > len(c.text) || strings.Contains(c.text[start:end], "\n") { // esbuild's map knows where words begin
		end = start + firstWord(c.text[start:])
	}
	c.problem(start, utf8.RuneCountInString(c.text[start:end]), err)
}

// firstWord is the length of the name or of the quoted string that a text begins with.
func firstWord(text string) int {
	if text != "" && strings.ContainsRune("'\"`", rune(text[0])) {
		if end := strings.IndexByte(text[1:], text[0]); end >= 0 {
			return end + 2
		}
	}
	end := strings.IndexFunc(text, func(r rune) bool { return r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(text)
	}
	return max(end, min(1, len(text)))
}

// imports looks for each file that is imported or required, and for those that these
// import. entry is the recipe's path for the finder.
func (c *checker) imports(ctx context.Context, finder module.Finder, entry string) {
	missing := false
	for _, found := range c.source.imports {
		if _, err := finder.Find(entry, found.specifier); err != nil {
			c.problem(found.offset, len("import"), err)
			missing = true
		}
	}
	for _, call := range c.source.callsOf("require") {
		if len(call.ArgumentList) != 1 {
			continue
		}
		if specifier, err := parseargs.FromLiteral(call.ArgumentList[0]); err == nil {
			text, _ := specifier.(string)
			if _, err := finder.Find(entry, text); err != nil {
				c.at(call.ArgumentList[0], err)
				missing = true
			}
		}
	}
	if missing || !module.Needed(c.name, c.text) {
		return
	}
	_, err := module.Bundle(ctx, finder, module.File{Name: entry, Text: c.text})
	var fault *module.Error
	switch {
	case errors.As(err, &fault) && fault.Line > 0:
		name := fault.File
		if name == entry {
			name = c.name
		}
		c.problems = append(c.problems, Problem{File: name, Line: fault.Line, Column: fault.Column, Message: fault.Message, source: fault.Source, width: fault.Width})
	case err != nil:
		c.problem(0, 1, err)
	}
}

// call checks one call.
func (c *checker) call(call *ast.CallExpression) {
	switch callee := call.Callee.(type) {
	case *ast.Identifier:
		name := callee.Name.String()
		f, known := c.shell.Functions[name]
		switch {
		case c.declared[name]:
		case name == "parseArgs":
			c.parseArgs(call)
		case known:
			c.arguments(f, call.ArgumentList)
		case !slices.Contains(c.shell.Globals, name):
			c.at(callee, api.Usagef("%s is not defined%s", name, api.Suggest(name, c.shell.Globals)))
		}
	case *ast.DotExpression:
		name := callee.Identifier.Name.String()
		if class, ok := callee.Left.(*ast.Identifier); ok && !c.declared[class.Name.String()] {
			if f, known := c.shell.Statics[class.Name.String()][name]; known {
				c.arguments(f, call.ArgumentList)
				return
			}
		}
		class := c.classOf(callee.Left)
		if class == "" {
			return
		}
		if f, known := c.shell.Methods[class][name]; known {
			c.arguments(f, call.ArgumentList)
		} else if !slices.Contains(c.shell.Members[class], name) {
			var names []string
			for method := range c.shell.Methods[class] {
				names = append(names, method)
			}
			slices.Sort(names)
			c.at(&callee.Identifier, api.Usagef("%s has no method %s%s", class, name, api.Suggest(name, names)))
		}
	}
}

// construct looks at a class that is made with new.
func (c *checker) construct(n *ast.NewExpression) {
	if callee, ok := n.Callee.(*ast.Identifier); ok {
		if name := callee.Name.String(); !c.declared[name] && !slices.Contains(c.shell.Globals, name) {
			c.at(callee, api.Usagef("%s is not defined%s", name, api.Suggest(name, c.shell.Globals)))
		}
	}
}

// parseArgs checks a declaration as the call would.
func (c *checker) parseArgs(call *ast.CallExpression) {
	if len(call.ArgumentList) == 0 {
		return
	}
	value, err := parseargs.FromLiteral(call.ArgumentList[0])
	if err != nil {
		return
	}
	if _, err = parseargs.NewConfig(value); err == nil {
		return
	}
	var usage *api.UsageError
	if errors.As(err, &usage) && usage.Token != "" { // the word, in the text of the call
		start := c.source.origin(c.source.tree.Offset(call.Idx0()))
		end := c.source.origin(c.source.tree.Offset(call.RightParenthesis))
		if end > start && end <= len(c.text) {
			if i := strings.Index(c.text[start:end], usage.Token); i >= 0 {
				c.problem(start+i, utf8.RuneCountInString(usage.Token), err)
				return
			}
		}
	}
	c.at(call, err)
}

// arguments checks those of a call: how many there are, and the options.
func (c *checker) arguments(f Function, args []ast.Expression) {
	if f.Params < 0 {
		return
	}
	for _, arg := range args {
		if _, spread := arg.(*ast.SpreadElement); spread {
			return
		}
	}
	most := f.Params
	if f.Options != nil {
		most++
	}
	if len(args) > most {
		c.at(args[most], api.Usagef("%d arguments where it takes %d at most; it is called as %s", len(args), most, f.Signature))
		return
	}
	if f.Options == nil || len(args) <= f.Params {
		return
	}
	switch options := args[f.Params].(type) {
	case *ast.ObjectLiteral:
		c.options(f, options)
	case *ast.StringLiteral, *ast.NumberLiteral, *ast.BooleanLiteral, *ast.ArrayLiteral:
		c.at(args[f.Params], api.Usagef("options are given as an object; it is called as %s", f.Signature))
	}
}

// options checks each option by itself, so that all that are wrong are named.
func (c *checker) options(f Function, object *ast.ObjectLiteral) {
	for _, property := range object.Value {
		var key ast.Node
		var name string
		var value any
		var written ast.Node
		switch p := property.(type) {
		case *ast.PropertyShort:
			key, name, written = &p.Name, p.Name.Name.String(), &p.Name
		case *ast.PropertyKeyed:
			literal, ok := p.Key.(*ast.StringLiteral)
			if p.Computed || !ok {
				continue
			}
			key, name, written = literal, literal.Value.String(), p.Value
			if read, err := parseargs.FromLiteral(p.Value); err == nil {
				value = plain(read)
			}
		default: // ...more
			continue
		}
		if err := f.Options(map[string]any{name: value}); err != nil {
			if f.Options(map[string]any{name: nil}) == nil { // the option is known
				key = written
			}
			c.at(key, err)
		}
	}
}

// plain is a literal as a call would be given it.
func plain(value any) any {
	switch v := value.(type) {
	case parseargs.Object:
		fields := map[string]any{}
		for _, field := range v {
			fields[field.Name] = plain(field.Value)
		}
		return fields
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = plain(item)
		}
		return items
	case float64:
		if v == float64(int64(v)) {
			return int64(v)
		}
	}
	return value
}
