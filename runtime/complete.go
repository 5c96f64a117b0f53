package runtime

import (
	"cmp"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"imapsh/runtime/editor"
	"imapsh/runtime/inspect"
	"imapsh/runtime/syntax"
)

// Complete finds what may stand at pos, in bytes, of a text: names of globals and
// members, option keys, and values of options and arguments, quoted where they
// must be. It calls no function of a script, no getter and no network.
func (s *Session) Complete(text string, pos int) editor.Completion {
	c := syntax.At(text[:pos])
	at := completer{s: s, Context: c, from: c.From, to: pos}
	if c.Quote != 0 && !strings.HasPrefix(text[pos:], string(rune(c.Quote))) {
		at.closing = string(rune(c.Quote))
	}
	switch {
	case c.Dead:
	case c.Quote != 0:
		at.values(at.param(), c.Quote)
	case c.Keyed && c.Key == "" && !c.Member:
		at.keys()
	case c.Member:
		at.members()
	default:
		if p := at.param(); c.Keyed && p != nil {
			at.values(p, 0)
		}
		if len(at.found) == 0 {
			at.globals()
		}
	}
	return editor.Completion{From: at.from, To: at.to, Candidates: at.found}
}

// completer collects the candidates for one place.
type completer struct {
	syntax.Context
	s        *Session
	from, to int
	closing  string // what ends the string literal that is being typed; empty when it stands there
	found    []editor.Candidate
}

// mostCandidates bounds a list: nobody reads more.
const mostCandidates = 2000

// add takes a candidate that continues the word.
func (c *completer) add(candidate editor.Candidate) {
	if strings.HasPrefix(candidate.Text, c.Word) && len(c.found) < mostCandidates {
		c.found = append(c.found, candidate)
	}
}

// function is the declared function whose argument is being typed.
func (c *completer) function() *Func {
	path, isNew := strings.CutPrefix(c.Call, "new ")
	if path == "" {
		return nil
	}
	subject := c.s.resolve(path)
	switch d := subject.declared.(type) {
	case *Func:
		return d
	case *Class:
		if isNew {
			return d.construct
		}
	}
	return nil
}

// param is the parameter or option whose value is being typed, or nil.
func (c *completer) param() *Param {
	f := c.function()
	if f == nil {
		return nil
	}
	list, i := f.Params, c.Arg
	if c.Keyed {
		list = f.Options
		i = slices.IndexFunc(list, func(p Param) bool { return p.Name == Snake(c.Key) })
	} else if n := len(list); n > 0 && i >= n && list[n-1].Variadic {
		i = n - 1
	}
	if i < 0 || i >= len(list) {
		return nil
	}
	return &list[i]
}

// keys offers the options that are not given yet, with their colon.
func (c *completer) keys() {
	f := c.function()
	if f == nil {
		c.globals()
		return
	}
	for _, option := range f.Options {
		if !slices.ContainsFunc(c.Keys, func(key string) bool { return Snake(key) == option.Name }) {
			c.add(editor.Candidate{Text: option.Name, Insert: option.Name + ": ", Doc: option.Doc})
		}
	}
}

// values offers what a parameter may be: its closed list of words, local files,
// or words that results have shown. Outside a string literal they get quotes.
func (c *completer) values(p *Param, quote byte) {
	if p == nil {
		return
	}
	if p.Complete == "path" {
		if quote != 0 {
			c.localFiles()
		}
		return
	}
	words := p.Values
	switch {
	case p.Type == "boolean" && quote == 0:
		c.add(editor.Candidate{Text: "true"})
		c.add(editor.Candidate{Text: "false"})
		return
	case len(words) == 0:
		words = c.s.options.Memory.Words(p.Complete)
	}
	for _, word := range words {
		if quote == 0 {
			c.add(editor.Candidate{Text: word, Insert: "'" + word + "'"})
		} else {
			c.add(editor.Candidate{Text: word, Insert: word + c.closing})
		}
	}
}

// localFiles offers the files and directories that continue a path.
func (c *completer) localFiles() {
	dir, start := filepath.Split(c.Word)
	entries, err := os.ReadDir(cmp.Or(dir, "."))
	if err != nil {
		return
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") && !strings.HasPrefix(start, ".") {
			continue
		}
		if entry.IsDir() {
			c.add(editor.Candidate{Text: dir + name + string(filepath.Separator)})
			continue
		}
		c.add(editor.Candidate{Text: dir + name, Insert: dir + name + c.closing})
	}
}

// globals offers names of the session and the words of the language; where nothing
// is typed yet, the session's own names only.
func (c *completer) globals() {
	names := c.s.namesOf(c.s.vm.GlobalObject())
	if c.Word == "" {
		c.addNames(slices.DeleteFunc(names, func(name string) bool { return c.s.standard[name] }))
		return
	}
	c.addNames(slices.Concat(names, []string{
		"async", "await", "break", "case", "catch", "class", "const", "continue", "default", "delete", "do", "else",
		"extends", "false", "finally", "for", "function", "if", "in", "instanceof", "let", "new", "null", "of", "return",
		"static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void", "while", "yield",
	}))
}

// members offers the properties of what stands before the dot; where nothing of the
// name is typed yet, without those that every object has.
func (c *completer) members() {
	subject := c.s.resolve(c.Object)
	if subject.value != nil {
		if o, ok := c.s.documentedObject(subject.value); ok {
			for _, prop := range o.Props {
				c.add(editor.Candidate{Text: prop.Name, Doc: prop.Doc})
			}
			return
		}
		c.addNames(c.ownNames(c.s.namesOf(subject.value)))
		return
	}
	if subject.instance != nil {
		var names []string
		for _, p := range subject.instance.Props {
			names = append(names, p.Name)
		}
		c.addNames(append(names, c.ownNames(c.s.namesOf(c.s.prototypes[subject.instance]))...))
	}
}

// ownNames drops the names that every object has, unless one of them is being typed.
func (c *completer) ownNames(names []string) []string {
	object, ok := c.s.prototypeOf("Object").(*goja.Object)
	if c.Word != "" || !ok {
		return names
	}
	common := c.s.namesOf(object)
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(common, name) })
}

// addNames offers names, sorted, once each, and each under its shown spelling.
func (c *completer) addNames(names []string) {
	slices.Sort(names)
	names = slices.Compact(names)
	other := make(map[string]bool, len(names)) // the spellings that are accepted and not shown
	for _, name := range names {
		if spelt := Snake(name); spelt != name {
			other[spelt] = true
		}
	}
	for _, name := range names {
		if isIdentifier(name) && !strings.HasPrefix(name, "__") && !other[name] {
			c.add(editor.Candidate{Text: name})
		}
	}
}

// subject is what a path in a text stands for, as far as it is known without
// running anything.
type subject struct {
	value    *goja.Object // an object of the session
	declared explained    // what is declared of it: a *Func, a *Class, a Prop, …
	instance *Class       // some instance of this class
}

// resolve follows a path such as files, config, query().latest() or list[].
func (s *Session) resolve(path string) subject {
	path = strings.TrimPrefix(path, "new ")
	var at subject
	for i, step := range strings.Split(path, ".") {
		name := strings.TrimRight(step, "()[]")
		calls := step[len(name):]
		switch {
		case name == `""`:
			at = s.subjectOf(s.prototypeOf("String"))
			calls = ""
		case name == "" && i == 0 && strings.HasPrefix(calls, "[]"):
			at = s.subjectOf(s.prototypeOf("Array"))
			calls = ""
		case i == 0:
			at = s.subjectOf(s.peek(s.vm.GlobalObject(), name))
		default:
			at = s.member(at, name)
		}
		for ; calls != ""; calls = calls[2:] {
			at = s.after(at, calls[:2])
		}
	}
	return at
}

// after is what a call or an index of a subject gives.
func (s *Session) after(at subject, step string) subject {
	switch d := at.declared.(type) {
	case *Func:
		if step == "()" {
			return s.subjectOfType(d.result)
		}
	case *Class:
		if step == "()" {
			return subject{instance: d}
		}
	}
	if step == "[]" {
		if c := at.instance; c != nil && c.List {
			return s.subjectOfType(c.item)
		}
		if at.value != nil {
			return s.subjectOf(s.peek(at.value, "0"))
		}
	}
	return subject{}
}

func (s *Session) subjectOf(value goja.Value) subject {
	object, ok := value.(*goja.Object)
	if !ok {
		switch {
		case value == nil:
		case goja.IsString(value):
			return s.subjectOf(s.prototypeOf("String"))
		case goja.IsNumber(value):
			return s.subjectOf(s.prototypeOf("Number"))
		}
		return subject{}
	}
	return subject{value: object, declared: s.documented[object]}
}

func (s *Session) subjectOfType(t reflect.Type) subject {
	for _, c := range s.api.Classes {
		if c.held == t {
			return subject{instance: c}
		}
	}
	return subject{}
}

// member is what a subject has under a name.
func (s *Session) member(at subject, name string) subject {
	if o, ok := at.declared.(*Object); ok {
		if i := slices.IndexFunc(o.Props, func(p Accessor) bool { return p.Name == name }); i >= 0 {
			return subject{declared: Prop{o.Name + "." + name, o.Props[i].Doc}}
		}
		return subject{}
	}
	class := at.instance
	if class == nil && at.value != nil {
		class = s.classOf(at.value)
	}
	var found subject
	if at.value != nil {
		found = s.subjectOf(s.peek(at.value, name))
	}
	if class == nil && found == (subject{}) {
		class, _ = at.declared.(*Class) // help is asked of a class's methods by its name
	}
	if class == nil || found.declared != nil {
		return found
	}
	return s.memberOf(class, name, found)
}

// memberOf is a member of a class's instances: a method, a getter or a field, or one
// of the array that a list is. found is what an instance has there, if that is known.
func (s *Session) memberOf(c *Class, name string, found subject) subject {
	for _, getter := range c.Getters {
		if getter.Name == name {
			return subject{instance: c, declared: Prop{c.Name + "." + name, getter.Doc}}
		}
	}
	for _, p := range c.Props {
		if p.Name == Snake(name) {
			found.declared = Prop{c.Name + "." + p.Name, p.Doc}
			return found
		}
	}
	if found.value == nil {
		found = s.subjectOf(s.peek(s.prototypes[c], name))
	}
	if found.declared == nil && c.List && slices.Contains([]string{"filter", "slice", "concat", "toSorted", "toReversed", "sort", "reverse"}, name) {
		found.declared = &Func{Name: name, Doc: "As of any array; gives a " + c.Name + ".", result: c.held} // these keep the class
	}
	return found
}

// classOf is the class that an object is an instance of, or nil.
func (s *Session) classOf(object *goja.Object) *Class {
	if inspect.IsProxy(object) {
		return nil
	}
	prototype := object.Prototype()
	for c, known := range s.prototypes {
		if prototype == known {
			return c
		}
	}
	return nil
}

func (s *Session) prototypeOf(class string) goja.Value {
	constructor, ok := s.peek(s.vm.GlobalObject(), class).(*goja.Object)
	if !ok {
		return nil
	}
	return s.peek(constructor, "prototype")
}

// peek reads a data property, of the object or inherited, never a getter and never
// through a proxy; nil when there is none.
func (s *Session) peek(object *goja.Object, name string) goja.Value {
	if value := s.read.Data(object, name); value != nil && !goja.IsUndefined(value) {
		return value
	}
	return nil
}

// namesOf lists the properties of an object and its prototypes. A list's items are
// not worth naming.
func (s *Session) namesOf(object *goja.Object) []string {
	var names []string
	for ; object != nil && !inspect.IsProxy(object); object = object.Prototype() {
		if object.ClassName() == "Array" && object.Get("length").ToInteger() > 0 {
			names = append(names, "length")
			continue
		}
		names = append(names, s.read.Names(object)...)
	}
	return names
}

func (s *Session) documentedObject(object *goja.Object) (*Object, bool) {
	o, ok := s.documented[object].(*Object)
	return o, ok
}

func isIdentifier(name string) bool {
	for i, r := range name {
		letter := r == '_' || r == '$' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}
