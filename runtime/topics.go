package runtime

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

func (s *Session) sections() []section {
	all := []section{{name: "functions"}, {name: "classes"}, {name: "values"}, {name: "errors"}}
	add := func(i int, name, call, doc string) {
		all[i].tags = append(all[i].tags, name)
		all[i].rows = append(all[i].rows, Prop{call, doc})
	}
	for _, f := range slices.Concat(s.api.Funcs, s.builtins()) {
		add(0, f.Name, f.signature(), f.Doc)
	}
	for _, c := range s.api.Classes {
		call := c.Name
		if c.construct != nil {
			call = "new " + c.construct.signature()
		}
		add(1, c.Name, call, c.doc)
	}
	for _, o := range s.api.Objects {
		add(2, o.Name, o.Name, o.Doc)
	}
	for _, remark := range remarks() {
		add(2, remark.Name, remark.Name, remark.Doc)
	}
	for _, e := range s.api.Errors {
		add(3, e.Name, e.Name, e.Doc)
	}
	return slices.DeleteFunc(all, func(part section) bool { return len(part.rows) == 0 })
}

func (s *Session) topics() []Topic {
	return slices.Concat(s.api.Topics, []Topic{{"keyboard", "the keys of the prompt", keyboard}})
}

// overview names all there is, on one screen.
func (s *Session) overview() string {
	var out strings.Builder
	row := func(name, doc string) { fmt.Fprintf(&out, "  %-12s %s\n", name, doc) }
	for _, part := range s.sections() {
		row(part.name, strings.Join(part.tags, " "))
	}
	for _, topic := range s.topics() {
		row(topic.Name, topic.Doc)
	}
	out.WriteString("\nhelp('query') explains one of them, help('functions') has a line for each.\n")
	return out.String()
}

// topic is the text of a section or of a topic.
func (s *Session) topic(name string) (text string, ok bool) {
	for _, part := range s.sections() {
		if part.name == name {
			var out strings.Builder
			for _, row := range part.rows {
				fmt.Fprintf(&out, "  %-34s %s\n", row.Name, row.Doc)
			}
			return out.String(), true
		}
	}
	for _, topic := range s.topics() {
		if topic.Name == name {
			return topic.Text, true
		}
	}
	return "", false
}

// helpWords lists what help can be asked for.
func (s *Session) helpWords() []string {
	names := s.names()
	for _, part := range s.sections() {
		names = append(names, part.name)
	}
	for _, topic := range s.topics() {
		names = append(names, topic.Name)
	}
	return names
}

// keyboard lists the keys of the editor.
const keyboard = `  Enter            runs the statement, or begins its next line
  Alt-Enter        begins a new line
  Tab              completes the word
  ← →  ^B ^F       moves by a character; → at the end takes the dim suggestion
  Alt-B Alt-F      moves by a word
  Home End  ^A ^E  moves to the start or the end of the line
  ↑ ↓  ^P ^N       moves by a line, or through the history
  ^R ^S            searches the history, to older or to newer entries
  ^G               leaves a search
  Backspace ^H     deletes the character before the cursor
  ^W Alt-D         deletes the word before the cursor, or behind it
  ^U ^K            deletes to the start or to the end of the line
  ^Y               inserts what was deleted last
  ^T               swaps two characters
  ^L               clears the screen
  ^C               drops the line, or stops a call
  ^D               deletes the character at the cursor; or leaves the shell
  ^Z               suspends the shell
`
