package parseargs

import (
	"fmt"
	"strings"

	"imapsh/runtime/termtext"
)

// helpWidth is how wide help is written, as that of the program's commands.
const helpWidth = 90

// Help explains the arguments of a recipe: how it is called, and its options with what
// they take and what they are when they are not given. program is the call without
// arguments: imapsh fetch_week.js.
func (c *Config) Help(program string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Usage: %s\n", strings.Join(c.usage(program), " "))
	if len(c.Options) == 0 {
		return out.String()
	}
	out.WriteString("\nOptions:\n")
	heads, width := make([]string, len(c.Options)), 0
	for i, o := range c.Options {
		heads[i] = o.head()
		width = max(width, termtext.Width(heads[i]))
	}
	for i, o := range c.Options {
		indent := strings.Repeat(" ", width+5)
		text := wrap(o.about(), helpWidth-len(indent), "\n"+indent)
		line := "  " + heads[i] + strings.Repeat(" ", width-termtext.Width(heads[i])) + "   " + text
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return termtext.Escape(out.String())
}

func (c *Config) usage(program string) []string {
	words := []string{program}
	optional := false
	for _, o := range c.Options {
		if o.Required {
			words = append(words, o.Flag()+" "+o.placeholder())
		} else {
			optional = true
		}
	}
	if optional || !c.Strict {
		words = append(words, "[options]")
	}
	if c.AllowPositionals {
		words = append(words, "[arguments]")
	}
	return words
}

// head is an option as it is given: -i, --instrument INSTRUMENT.
func (o Option) head() string {
	head := "    "
	if o.Short != "" {
		head = "-" + o.Short + ", "
	}
	head += o.Flag()
	if o.Type != Boolean {
		head += " " + o.placeholder()
	}
	return head
}

// placeholder stands for the value.
func (o Option) placeholder() string {
	name := map[Type]string{Date: "DAY", DataLevel: "LEVEL", String: "TEXT"}[o.Type]
	if name == "" {
		name = strings.ToUpper(string(o.Type))
	}
	return name
}

// about is what an option means, what it takes, and what it is otherwise.
func (o Option) about() string {
	var parts []string
	if o.Description != "" {
		parts = append(parts, o.Description)
	}
	if words := o.Words(); words != nil {
		text := "one of " + strings.Join(words, ", ")
		if o.Description != "" {
			parts[0] += ":"
		}
		parts = append(parts, text)
	}
	var notes []string
	if o.Required {
		notes = append(notes, "required")
	}
	if o.Multiple {
		notes = append(notes, "may be given again")
	}
	if o.Default != nil && o.Default != false {
		text := fmt.Sprint(o.Default)
		if items, list := o.Default.([]any); list {
			text = strings.Trim(fmt.Sprintf("%v", items), "[]")
		}
		notes = append(notes, "default "+text)
	}
	if len(notes) > 0 {
		parts = append(parts, "("+strings.Join(notes, ", ")+")")
	}
	return strings.Join(parts, " ")
}

// wrap breaks a string at blanks into lines of some columns.
func wrap(text string, columns int, newline string) string {
	var out strings.Builder
	used := 0
	for word := range strings.FieldsSeq(text) {
		width := termtext.Width(word)
		switch {
		case used == 0:
		case used+1+width > columns:
			out.WriteString(newline)
			used = 0
		default:
			out.WriteByte(' ')
			used++
		}
		out.WriteString(word)
		used += width
	}
	return out.String()
}
