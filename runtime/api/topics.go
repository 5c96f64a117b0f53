package api

import (
	"fmt"
	"slices"
	"strings"
)

// Topic is a text of help that is about no name of the session.
type Topic struct {
	Name, Doc string
	Text      string // rows of "  first column  second column" fold at the second
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
	row := func(name, doc string) { fmt.Fprintf(&out, "  %-12s %s\n", name, doc) }
	for _, part := range a.sections() {
		row(part.name, strings.Join(part.tags, " "))
	}
	for _, topic := range a.Topics {
		row(topic.Name, topic.Doc)
	}
	out.WriteString("\nhelp('query') explains one of them, help('functions') has a line for each.\n")
	return out.String()
}

// Topic is the text of a section or of a topic.
func (a *API) Topic(name string) (text string, ok bool) {
	for _, part := range a.sections() {
		if part.name == name {
			var out strings.Builder
			for _, row := range part.rows {
				fmt.Fprintf(&out, "  %-34s %s\n", row.Name, row.Doc)
			}
			return out.String(), true
		}
	}
	for _, topic := range a.Topics {
		if topic.Name == name {
			return topic.Text, true
		}
	}
	return "", false
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
