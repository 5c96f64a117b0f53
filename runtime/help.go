package runtime

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"imapsh/runtime/syntax"
)

// Help is the text about a name, or without one about all there is.
func (s *Session) Help(name ...string) (string, error) {
	about := make([]goja.Value, len(name))
	for i, name := range name {
		about[i] = s.vm.ToValue(name)
	}
	return s.helpOn(about)
}

// helpOn is the text about a value or a name.
func (s *Session) helpOn(about []goja.Value) (string, error) {
	text, err := s.explanation(about)
	return folded(text, s.Width()), err
}

func (s *Session) explanation(about []goja.Value) (string, error) {
	if len(about) == 0 || goja.IsUndefined(about[0]) {
		return s.overview(), nil
	}
	var found explained
	if goja.IsString(about[0]) {
		name := about[0].String()
		at, known := s.named(name)
		if at == nil {
			if text, ok := s.topic(name); ok {
				return text, nil
			}
		}
		if !known {
			return "", Usagef("help: nothing is called %.40q%s", name, Suggest(name, s.helpWords()))
		}
		found = at
	} else {
		found = s.explained(s.subjectOf(about[0]))
	}
	if found == nil {
		return "No help on this. help() lists what there is.\n", nil
	}
	return found.help(), nil
}

// explained is what help has a text of.
type explained interface{ help() string }

// named finds what a name stands for: query, files.latest, list[0].download. It is
// nil for what is known and has no text.
func (s *Session) named(name string) (found explained, known bool) {
	if !IsTopic(name) {
		return nil, false
	}
	at := s.resolve(syntax.At(name + ".").Object)
	if found = s.explained(at); found != nil {
		return found, true
	}
	for _, remark := range remarks() {
		if remark.Name == name {
			return remark, true
		}
	}
	return nil, at.value != nil || s.Declares(name)
}

// explained is the declaration of a subject, or of the class that it is an instance of.
func (s *Session) explained(at subject) explained {
	switch {
	case at.declared != nil:
		return at.declared
	case at.instance != nil:
		return at.instance
	case at.value != nil:
		if c := s.classOf(at.value); c != nil {
			return c
		}
		if f, ok := s.ownFunc(at.value); ok {
			return f
		}
	}
	return nil
}

// SourceOf is the text of a function that code of the session declares, by its name,
// with the comment above it.
func (s *Session) SourceOf(name string) (string, bool) {
	found, _ := s.named(name)
	f, ok := found.(ownFunc)
	return f.whole(), ok
}

// IsTopic tells a name, with dots, indexes and empty calls, from other text.
func IsTopic(text string) bool {
	const step = `[A-Za-z_$][\w$]*(\(\)|\[\d+\])*`
	return regexp.MustCompile(`^` + step + `(\.` + step + `)*$`).MatchString(text)
}

// remarks are what no table declares.
func remarks() []Prop {
	return []Prop{
		{"args", "the arguments of a recipe, a list of texts"},
		{"console", "console.log, info and debug print as print does, error and warn on the stream for messages"},
		{"_", "the last result, at the prompt"},
		{"_error", "the last error, at the prompt"},
		{"it", "shows the next page of the last result, at the prompt"},
	}
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
	for _, e := range s.api.Errors {
		names = append(names, e.Name)
	}
	return names
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
	fmt.Fprintf(&out, "%s\n%s\n", name, c.doc)
	if c.construct != nil {
		writeParams(&out, "", c.construct.Params)
	}
	if len(c.props) > 0 {
		out.WriteString("\nFields\n")
		for _, p := range c.props {
			fmt.Fprintf(&out, "  %-22s %s\n", p.Name, p.Doc)
		}
	}
	for _, g := range c.getters {
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

func (p Prop) help() string { return p.Name + "\n" + p.Doc + "\n" }

// thrown is a class of errors with what its parents say of it.
type thrown struct {
	ErrorClass
	inherited []Prop
}

func (e *thrown) help() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s extends %s\n", e.Name, cmp.Or(e.Parent, "Error"))
	if e.Doc != "" {
		out.WriteString(e.Doc + "\n")
	}
	out.WriteString("\n")
	for _, p := range slices.Concat(e.Props, e.inherited, []Prop{
		{"message", "what went wrong"}, {"hint", "what to do next, where there is something"}, {"stack", "the calls that led to it"},
	}) {
		fmt.Fprintf(&out, "  .%-21s %s\n", p.Name, p.Doc)
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
		switch {
		case len(p.Values) > 0:
			writeWords(out, p.Values)
		case len(p.Forms) > 0:
			writeWords(out, slices.Concat(p.Forms, p.Words))
		}
	}
}

// writeWords lists what may be given under an option, within 80 columns.
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
