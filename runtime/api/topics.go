package api

import (
	"fmt"
	"slices"
	"strings"
)

// Topic is a page of help that is about no name of the session.
type Topic struct {
	Name, Doc string
	Text      string // in Markdown; package markdown says what part of it
}

// section is a group of the names that help knows, with a row for each.
type section struct {
	name string
	rows []Prop
	tags []string // the names alone
}

func (a *API) sections() []section {
	all := []section{{name: "functions"}, {name: "classes"}, {name: "values"}, {name: "errors"}}
	add := func(i int, name, call, doc string) {
		all[i].tags = append(all[i].tags, name)
		all[i].rows = append(all[i].rows, Prop{call, doc})
	}
	for _, f := range a.Funcs {
		add(0, f.Name, f.Signature(), f.Doc)
	}
	for _, c := range a.Classes {
		call := c.Name
		if c.New != nil {
			call = "new " + c.New.Signature()
		}
		add(1, c.Name, call, c.Doc)
	}
	for _, o := range a.Objects {
		add(2, o.Name, o.Name, o.Doc)
	}
	for _, remark := range a.Remarks {
		add(2, remark.Name, remark.Name, remark.Doc)
	}
	for _, e := range a.Errors {
		add(3, e.Name, e.Name, e.Doc)
	}
	return slices.DeleteFunc(all, func(part section) bool { return len(part.rows) == 0 })
}

// Overview names all there is, on one screen.
func (a *API) Overview() string {
	var out strings.Builder
	widest := 12
	for _, topic := range a.Topics {
		widest = max(widest, len(topic.Name))
	}
	row := func(name, doc string) { fmt.Fprintf(&out, "  %-*s %s\n", widest, name, doc) }
	for _, part := range a.sections() {
		row(part.name, strings.Join(part.tags, " "))
	}
	for _, topic := range a.Topics {
		row(topic.Name, topic.Doc)
	}
	out.WriteString("\nhelp('query') explains one of them, help('functions') has a line for each.\n")
	return out.String()
}

// Section is the text of a section, such as functions.
func (a *API) Section(name string) (text string, ok bool) {
	for _, part := range a.sections() {
		if part.name == name {
			var out strings.Builder
			for _, row := range part.rows {
				fmt.Fprintf(&out, "  %-34s %s\n", row.Name, row.Doc)
			}
			return out.String(), true
		}
	}
	return "", false
}

// Topic is the page of a name; nil where there is none.
func (a *API) Topic(name string) *Topic {
	for i := range a.Topics {
		if a.Topics[i].Name == name {
			return &a.Topics[i]
		}
	}
	return nil
}

// HelpWords lists what help can be asked for.
func (a *API) HelpWords() []string {
	names := a.Names()
	for _, part := range a.sections() {
		names = append(names, part.name)
	}
	for _, topic := range a.Topics {
		names = append(names, topic.Name)
	}
	return names
}
