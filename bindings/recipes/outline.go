package recipes

import (
	"strings"

	"github.com/dop251/goja/ast"

	"imapsh/bindings/recipes/parseargs"
)

// Outline is what a recipe's text says of itself. It is read and never run.
type Outline struct {
	Comment string            // the first comment, without its signs and permissions; lines are kept
	Allow   []string          // the permissions that it asks for with // @allow
	Args    *parseargs.Config // what it declares; nil: it calls no parseArgs, or Computed
	// Computed says that the argument of parseArgs is no literal, or that it is called
	// more than once: its options are known only when the recipe runs.
	Computed bool
}

// Summary is the first line of the comment.
func (o Outline) Summary() string {
	line, _, _ := strings.Cut(o.Comment, "\n")
	return line
}

// Read reads a recipe. Where it cannot be parsed the outline has the comment and the
// permissions; the error is a *syntax.Error, or a *api.UsageError of what is declared.
func Read(name, text string) (Outline, error) {
	o := Outline{}
	o.Comment, o.Allow = header(text)
	s, err := parseSource(name, text)
	if err != nil {
		return o, err
	}
	err = o.readArgs(s)
	return o, err
}

// readArgs finds the call of parseArgs and reads its argument.
func (o *Outline) readArgs(s *source) error {
	calls := s.callsOf("parseArgs")
	if len(calls) == 0 {
		return nil
	}
	o.Computed = len(calls) > 1
	var value any
	for i, call := range calls {
		if len(call.ArgumentList) == 0 {
			continue
		}
		literal, err := parseargs.FromLiteral(call.ArgumentList[0])
		if err != nil {
			o.Computed = true
		} else if i == 0 {
			value = literal
		}
	}
	if o.Computed {
		return nil
	}
	var err error
	o.Args, err = parseargs.NewConfig(value)
	return err
}

// callsOf are the calls of a global function, unless the recipe has one of that name.
func (s *source) callsOf(name string) []*ast.CallExpression {
	if s.declared()[name] {
		return nil
	}
	var calls []*ast.CallExpression
	s.tree.Walk(func(node any) bool {
		if call, ok := node.(*ast.CallExpression); ok {
			if callee, ok := call.Callee.(*ast.Identifier); ok && callee.Name.String() == name {
				calls = append(calls, call)
			}
		}
		return true
	})
	return calls
}

// header reads the comment that stands before everything else, and the permissions in
// the comments before the first statement.
func header(text string) (comment string, allow []string) {
	if strings.HasPrefix(text, "#!") {
		_, text, _ = strings.Cut(text, "\n")
	}
	var lines []string
	first := true // the first comment goes on
	for {
		rest := strings.TrimLeft(text, " \t\r\n\ufeff")
		if gap := text[:len(text)-len(rest)]; len(lines) > 0 && strings.Count(gap, "\n") > 0 {
			first = false
		}
		switch {
		case strings.HasPrefix(rest, "//"):
			var line string
			line, text, _ = strings.Cut(rest[2:], "\n")
			read(strings.TrimPrefix(strings.TrimRight(line, "\r \t"), " "), first, &lines, &allow)
		case strings.HasPrefix(rest, "/*"):
			body, after, closed := strings.Cut(rest[2:], "*/")
			if !closed {
				return strings.TrimSpace(strings.Join(lines, "\n")), allow
			}
			for line := range strings.Lines(strings.TrimPrefix(body, "*")) {
				line = strings.TrimSpace(line)
				read(strings.TrimSpace(strings.TrimPrefix(line, "*")), first, &lines, &allow)
			}
			text = after
		default:
			return strings.TrimSpace(strings.Join(lines, "\n")), allow
		}
	}
}

// read takes a line of a comment: permissions, or words for people.
func read(line string, first bool, lines, allow *[]string) {
	switch rest, isAllow := strings.CutPrefix(line, "@allow"); {
	case isAllow && (rest == "" || rest[0] == ' ' || rest[0] == '\t' || rest[0] == ':'):
		words := strings.FieldsFunc(strings.TrimPrefix(rest, ":"), func(r rune) bool { return r == ' ' || r == ',' || r == '\t' })
		*allow = append(*allow, words...)
	case first:
		*lines = append(*lines, line)
	}
}

// Help is what --help of a recipe prints. program is the call: imapsh fetch_week.js.
func (o Outline) Help(program string) string {
	var out strings.Builder
	if o.Comment != "" {
		out.WriteString(o.Comment + "\n\n")
	}
	switch {
	case o.Args != nil:
		out.WriteString(o.Args.Help(program))
	case o.Computed:
		out.WriteString("Usage: " + program + " [options]\n\nIts options are not known before it runs: the argument of parseArgs is computed, not written as a literal.\n")
	default:
		out.WriteString("Usage: " + program + " [arguments]\n\nIt does not declare its arguments: it reads args itself, without parseArgs.\n")
	}
	if len(o.Allow) > 0 {
		out.WriteString("\nIt may change the archive: " + strings.Join(o.Allow, ", ") + ".\n")
	}
	return out.String()
}
