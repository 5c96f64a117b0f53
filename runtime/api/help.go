package api

import (
	"fmt"
	"slices"
	"strings"
)

// Documented is what help has a string of.
type Documented interface{ Help() string }

// Signature is how a function is called: download(files, {…}).
func (f *Func) Signature() string {
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

// Help is how the function is called, what it does and takes.
func (f *Func) Help() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n", f.Signature(), f.Doc)
	writeParams(&out, "", f.Params)
	writeParams(&out, "Options", f.Options)
	writeExamples(&out, f.Examples)
	return out.String()
}

// Help is what the class is and has.
func (c *Class) Help() string {
	var out strings.Builder
	name := c.Name
	if c.New != nil {
		name = "new " + c.New.Signature()
	}
	fmt.Fprintf(&out, "%s\n%s\n", name, c.Doc)
	if c.New != nil {
		writeParams(&out, "", c.New.Params)
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
			fmt.Fprintf(&out, "  .%-33s %s\n", m.Signature(), m.Doc)
		}
		for _, m := range c.Statics {
			fmt.Fprintf(&out, "  %-34s %s\n", c.Name+"."+m.Signature(), m.Doc)
		}
	}
	writeExamples(&out, c.Examples)
	return out.String()
}

// Help is what the object holds.
func (o *Object) Help() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n\n", o.Name, o.Doc)
	for _, p := range o.Props {
		fmt.Fprintf(&out, "  %-22s %s\n", p.Name, p.Doc)
	}
	return out.String()
}

// Help is the name and what it is.
func (p Prop) Help() string { return p.Name + "\n" + p.Doc + "\n" }

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
