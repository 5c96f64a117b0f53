package runtime

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// Help is the text about a value, a name, or with neither about all there is.
func (s *Session) Help(about ...goja.Value) (string, error) {
	text, err := s.explanation(about)
	return folded(text, s.width()), err
}

func (s *Session) explanation(about []goja.Value) (string, error) {
	if len(about) == 0 || goja.IsUndefined(about[0]) {
		return s.overview(), nil
	}
	subject := about[0]
	if name, ok := subject.Export().(string); ok && !isObject(subject) {
		if subject = s.lookUp(name); subject == nil {
			return "", Usagef("help: nothing is called %s%s", nameOf(about[0]), Suggest(name, s.names()))
		}
	}
	object, ok := subject.(*goja.Object)
	if ok {
		switch d := s.documented[object].(type) {
		case *Func:
			return d.help(), nil
		case *Class:
			return d.help(), nil
		case *Object:
			return d.help(), nil
		}
		for c, prototype := range s.prototypes {
			if object.Prototype() == prototype {
				return c.help(), nil
			}
		}
	}
	return "No help on this. help() lists what there is.\n", nil
}

// lookUp finds a global, or a member by its dotted name: ScienceFilePath.constructPath.
func (s *Session) lookUp(name string) goja.Value {
	first, rest, dotted := strings.Cut(name, ".")
	value := s.vm.Get(first)
	if !dotted || value == nil {
		return value
	}
	object, ok := value.(*goja.Object)
	if !ok {
		return nil
	}
	if c, ok := s.documented[object].(*Class); ok {
		if member := s.prototypes[c].Get(rest); member != nil {
			return member
		}
		return object.Get(rest)
	}
	return nil
}

// names lists all that help knows.
func (s *Session) names() []string {
	var names []string
	for _, f := range slices.Concat(s.api.Funcs, s.builtins()) {
		names = append(names, f.Name)
	}
	for _, c := range s.api.Classes {
		names = append(names, c.Name)
	}
	for _, o := range s.api.Objects {
		names = append(names, o.Name)
	}
	return names
}

func (s *Session) overview() string {
	var out strings.Builder
	row := func(call, doc string) { fmt.Fprintf(&out, "  %-34s %s\n", call, doc) }
	for _, f := range slices.Concat(s.api.Funcs, s.builtins()) {
		row(f.signature(), f.Doc)
	}
	for _, c := range s.api.Classes {
		call := c.Name
		if c.construct != nil {
			call = "new " + c.construct.signature()
		}
		row(call, c.Doc)
	}
	for _, o := range s.api.Objects {
		row(o.Name, o.Doc)
	}
	out.WriteString("\nhelp(query) tells more of one of them.\n")
	return out.String()
}

// signature is how a function is called: download(files, {…}).
func (f *Func) signature() string {
	var args []string
	for _, p := range f.Params {
		name := p.Name
		if p.Variadic {
			name += "…"
		}
		if p.Optional {
			name = "[" + name + "]"
		}
		args = append(args, name)
	}
	if len(f.Options) > 0 {
		args = append(args, "{…}")
	}
	return f.Name + "(" + strings.Join(args, ", ") + ")"
}

func (f *Func) help() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n", f.signature(), f.Doc)
	writeParams(&out, "", f.Params)
	writeParams(&out, "Options", f.Options)
	writeExamples(&out, f.Examples)
	return out.String()
}

func (c *Class) help() string {
	var out strings.Builder
	name := c.Name
	if c.construct != nil {
		name = "new " + c.construct.signature()
	}
	fmt.Fprintf(&out, "%s\n%s\n", name, c.Doc)
	if c.construct != nil {
		writeParams(&out, "", c.construct.Params)
	}
	if len(c.Props) > 0 {
		out.WriteString("\nFields\n")
		for _, p := range c.Props {
			fmt.Fprintf(&out, "  %-22s %s\n", p.Name, p.Doc)
		}
	}
	for _, g := range c.Getters {
		fmt.Fprintf(&out, "  .%-21s %s\n", g.Name, g.Doc)
	}
	if len(c.Methods)+len(c.Statics) > 0 {
		out.WriteString("\nMethods\n")
		for _, m := range c.Methods {
			fmt.Fprintf(&out, "  .%-33s %s\n", m.signature(), m.Doc)
		}
		for _, m := range c.Statics {
			fmt.Fprintf(&out, "  %-34s %s\n", c.Name+"."+m.signature(), m.Doc)
		}
	}
	writeExamples(&out, c.Examples)
	return out.String()
}

func (o *Object) help() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n\n", o.Name, o.Doc)
	for _, p := range o.Props {
		fmt.Fprintf(&out, "  %-22s %s\n", p.Name, p.Doc)
	}
	return out.String()
}

func writeParams(out *strings.Builder, title string, params []Param) {
	if len(params) == 0 {
		return
	}
	out.WriteString("\n")
	if title != "" {
		out.WriteString(title + "\n")
	}
	for _, p := range params {
		fmt.Fprintf(out, "  %-22s %s\n", p.Name, p.Doc)
		if len(p.Values) > 0 {
			writeWords(out, p.Values)
		}
	}
}

// writeWords lists the allowed words under an option, within 80 columns.
func writeWords(out *strings.Builder, words []string) {
	const indent = "                         "
	line := indent
	for i, word := range words {
		if i < len(words)-1 {
			word += ", "
		}
		if len(line)+len(word) > 80 {
			out.WriteString(strings.TrimRight(line, " ") + "\n")
			line = indent
		}
		line += word
	}
	out.WriteString(line + "\n")
}

func writeExamples(out *strings.Builder, examples []string) {
	if len(examples) == 0 {
		return
	}
	out.WriteString("\nExamples\n")
	for _, example := range examples {
		fmt.Fprintf(out, "  %s\n", example)
	}
}

// folded breaks the rows of two columns that are wider than a screen, between words and
// within the second column; 0 is any width. An example stays whole: it is there to be
// copied.
func folded(text string, width int) string {
	const (
		narrowest = 24 // of a second column; else it goes below the first
		below     = 6  // where it begins there
	)
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		start := secondColumn(line)
		if start < 0 || width <= 0 || utf8.RuneCountInString(line) <= width {
			out.WriteString(line + "\n")
			continue
		}
		indent := utf8.RuneCountInString(line[:start])
		row := line[:start]
		if indent > below && width-indent < narrowest {
			if name := strings.TrimRight(row, " "); name != "" {
				out.WriteString(name + "\n")
			}
			indent = below
			row = strings.Repeat(" ", indent)
		}
		first := true
		for _, word := range strings.Fields(line[start:]) {
			switch {
			case first:
			case utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > width:
				out.WriteString(row + "\n")
				row = strings.Repeat(" ", indent)
			default:
				row += " "
			}
			row, first = row+word, false
		}
		out.WriteString(row + "\n")
	}
	return out.String()
}

// secondColumn is where the second column of a row of help begins, 0 for a plain
// sentence, which has one column, and -1 for an example.
func secondColumn(line string) int {
	if !strings.HasPrefix(line, "  ") {
		return 0
	}
	indent := len(line) - len(strings.TrimLeft(line, " "))
	if indent > 2 { // the words of an option, beneath its row
		return indent
	}
	gap := strings.Index(line[indent:], "  ")
	if gap < 0 {
		return -1
	}
	rest := line[indent+gap:]
	return indent + gap + len(rest) - len(strings.TrimLeft(rest, " "))
}
