package runtime

import (
	"regexp"
	"slices"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/markdown"
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
	text, page, err := s.helpText(about)
	if page != nil {
		return markdown.Render(page.Text, markdown.Style{Width: s.Width(), Color: s.options.Color}), nil
	}
	return api.Folded(text, s.Width()), err
}

// HelpWords lists what help can be asked for.
func (s *Session) HelpWords() []string { return s.api.HelpWords() }

// helpText is the text about a value or a name, or the page of it.
func (s *Session) helpText(about []goja.Value) (string, *api.Topic, error) {
	if len(about) == 0 || goja.IsUndefined(about[0]) {
		return s.api.Overview(), nil, nil
	}
	var found api.Documented
	if goja.IsString(about[0]) {
		name := about[0].String()
		at, known := s.named(name)
		if at == nil {
			if text, ok := s.api.Section(name); ok {
				return text, nil, nil
			}
			if page := s.api.Topic(name); page != nil {
				return "", page, nil
			}
		}
		if !known {
			return "", nil, api.Usagef("help: nothing is called %.40q%s", name, api.Suggest(name, s.api.HelpWords()))
		}
		found = at
	} else {
		found = s.documentation(s.subjectOf(about[0]))
	}
	if found == nil {
		return "No help on this. help() lists what there is.\n", nil, nil
	}
	return found.Help(), nil, nil
}

// named finds what a name stands for: query, files.latest, list[0].download. It is
// nil for what is known and has no text.
func (s *Session) named(name string) (found api.Documented, known bool) {
	if !IsTopic(name) {
		return nil, false
	}
	at := s.resolve(syntax.At(name + ".").Object)
	if found = s.documentation(at); found != nil {
		return found, true
	}
	for _, remark := range slices.Concat(s.api.Remarks, languageProps()) {
		if remark.Name == name {
			return remark, true
		}
	}
	return nil, at.value != nil || s.Declares(name)
}

// documentation is the declaration of a subject, or of the class that it is an instance of.
func (s *Session) documentation(at subject) api.Documented {
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

// IsTopic reports whether a text is a name, with dots, indexes and empty calls.
func IsTopic(text string) bool {
	const step = `[A-Za-z_$][\w$]*(\(\)|\[\d+\])*`
	return regexp.MustCompile(`^` + step + `(\.` + step + `)*$`).MatchString(text)
}

// remarkTypes are the types of TypeScript of those that a script has.
func remarkTypes() map[string]string {
	const writes = "(...values: any[]) => void"
	return map[string]string{
		"args":    "any[]", // checked when the recipe runs
		"console": "{log: " + writes + ", info: " + writes + ", debug: " + writes + ", error: " + writes + ", warn: " + writes + "}",
	}
}

// remarks are what no table declares.
func remarks() []api.Prop {
	return []api.Prop{
		{Name: "args", Doc: "the arguments of a recipe, an array of strings"},
		{Name: "console", Doc: "console.log, info and debug print as print does, error and warn on the stream for messages"},
	}
}
