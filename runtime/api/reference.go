package api

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Reference is a page in Markdown of all that the API offers. It says what help does.
func (a *API) Reference() string {
	r := reference{}
	r.line("# API reference\n")
	r.line("What recipes and the prompt may use. `help(NAME)` in the shell and `imapsh help api NAME` say the same of one name.\n")
	r.section("Functions", len(a.Funcs))
	for _, f := range a.Funcs {
		r.function("###", f.Signature(), f)
	}
	r.section("Classes", len(a.Classes))
	for _, c := range a.Classes {
		r.class(c)
	}
	r.section("Values", len(a.Objects)+len(a.Remarks))
	for _, o := range a.Objects {
		r.line("### `%s`\n\n%s\n", o.Name, o.Doc)
		rows := make([][]string, len(o.Props))
		for i, p := range o.Props {
			rows[i] = []string{code(p.Name), p.Doc}
		}
		r.table(rows, "setting", "what it is")
	}
	if len(a.Remarks) > 0 {
		r.table(documented(a.Remarks), "name", "what it is")
	}
	r.section("Errors", len(a.Errors))
	for _, e := range a.Errors {
		r.line("### `%s` extends `%s`\n\n%s\n", e.Name, cmp.Or(e.Parent, "Error"), e.Doc)
		r.table(documented(e.Props), "property", "what it is")
	}
	return strings.TrimRight(r.out.String(), "\n") + "\n"
}

// reference writes Markdown.
type reference struct{ out strings.Builder }

func (r *reference) line(format string, args ...any) { fmt.Fprintf(&r.out, format+"\n", args...) }

func (r *reference) section(title string, n int) {
	if n > 0 {
		r.line("## %s\n", title)
	}
}

// function writes a function or a method under a heading.
func (r *reference) function(heading, signature string, f *Func) {
	r.line("%s `%s`\n\n%s\n", heading, signature, f.Doc)
	r.table(parameters(f.Params), "parameter", "what it is")
	r.table(parameters(f.Options), "option", "what it is")
	r.examples(f.Examples)
}

func (r *reference) class(c *Class) {
	name := c.Name
	if c.New != nil {
		name = "new " + c.New.Signature()
	}
	r.line("### `%s`\n\n%s\n", name, c.Doc)
	if c.Parent != "" {
		r.line("It extends `%s`.\n", c.Parent)
	}
	if c.New != nil {
		r.table(parameters(c.New.Params), "parameter", "what it is")
	}
	fields := documented(c.Props)
	for _, g := range c.Getters {
		fields = append(fields, []string{code(g.Name), g.Doc})
	}
	r.table(fields, "field", "what it is")
	var methods [][]string
	for _, f := range c.Methods {
		methods = append(methods, []string{code("." + f.Signature()), f.Doc})
	}
	for _, f := range c.Statics {
		methods = append(methods, []string{code(c.Name + "." + f.Signature()), f.Doc})
	}
	r.table(methods, "method", "what it does")
	for _, f := range slices.Concat(c.Methods, c.Statics) {
		if len(f.Options) > 0 {
			r.line("Options of `%s`:\n", f.Name)
			r.table(parameters(f.Options), "option", "what it is")
		}
	}
	r.examples(c.Examples)
}

func (r *reference) examples(codes []string) {
	if len(codes) > 0 {
		r.line("```js\n%s\n```\n", strings.Join(codes, "\n"))
	}
}

// table writes rows, and nothing where there are none.
func (r *reference) table(rows [][]string, head ...string) {
	if len(rows) == 0 {
		return
	}
	write := func(cells []string) {
		escaped := make([]string, len(cells))
		for i, text := range cells {
			escaped[i] = strings.ReplaceAll(text, "|", `\|`)
		}
		r.line("| %s |", strings.Join(escaped, " | "))
	}
	write(head)
	r.line("|%s", strings.Repeat("---|", len(head)))
	for _, row := range rows {
		write(row)
	}
	r.line("")
}

func documented(props []Prop) [][]string {
	rows := make([][]string, len(props))
	for i, p := range props {
		rows[i] = []string{code(p.Name), p.Doc}
	}
	return rows
}

// parameters are the rows of parameters or options, with what each takes.
func parameters(params []Param) [][]string {
	var rows [][]string
	for _, p := range params {
		if p.Doc == "" {
			continue
		}
		doc := p.Doc
		if words := slices.Concat(p.Values, p.Forms, p.Words); len(p.Values)+len(p.Forms) > 0 {
			for i, word := range words {
				words[i] = code(word)
			}
			doc += ": " + strings.Join(words, ", ")
		}
		rows = append(rows, []string{code(p.Name), doc})
	}
	return rows
}

func code(text string) string { return "`" + text + "`" }
