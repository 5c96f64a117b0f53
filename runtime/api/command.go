package api

import (
	"encoding/json"
	"slices"
	"strings"
)

// Command is what a function is on a command line, besides what its declaration says: its
// options are the flags, its text and its examples are the command's.
type Command struct {
	Args     string   // what the arguments are called in the usage: FILE...; empty: it takes none
	Doc      string   // sentences below the function's own
	Examples []string // whole command lines, below those that the function's examples make
}

// AsCommand makes a function a command of a command line as well.
func AsCommand(c Command) FuncDetail {
	return func(f *Func) { f.Command = &c }
}

// Commands are the functions that are commands, too.
func (a *API) Commands() []*Func {
	return slices.DeleteFunc(slices.Clone(a.Funcs), func(f *Func) bool { return f.Command == nil })
}

// Func is the function of a name; nil without one.
func (a *API) Func(name string) *Func {
	i := slices.IndexFunc(a.Funcs, func(f *Func) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return a.Funcs[i]
}

// Flags are the options that are flags on a command line.
func (f *Func) Flags() []Param {
	return slices.DeleteFunc(slices.Clone(f.Options), func(p Param) bool { return p.NoFlag })
}

// CommandDoc is what the command does, in one line: what the function gives is printed.
func (f *Func) CommandDoc() string {
	doc, _, _ := strings.Cut(f.Doc, ";")
	return strings.TrimSuffix(doc, ".")
}

// CommandExamples are the command lines of a program's help.
func (f *Func) CommandExamples(program string) []string {
	var lines []string
	for _, example := range f.Examples {
		if line, ok := f.commandLine(example); ok {
			lines = append(lines, program+" "+line)
		}
	}
	if f.Command != nil {
		lines = append(lines, f.Command.Examples...)
	}
	return lines
}

// commandLine writes a call as a command line; ok is false for code that is more than a
// call with literals.
func (f *Func) commandLine(call string) (line string, ok bool) {
	args, ok := literalCall(f.Name, call)
	if !ok {
		return "", false
	}
	words := []string{f.Name}
	for i, arg := range args {
		if options, last := arg.([]Property); last && i == len(args)-1 {
			for _, option := range options {
				name, value := "--"+FlagName(Snake(option.Name)), flagValue(option.Value)
				switch {
				case value == "true":
					words = append(words, name)
				case value == "":
					return "", false
				default:
					words = append(words, name, quoteWord(value))
				}
			}
			continue
		}
		list, isList := arg.([]any)
		if !isList {
			list = []any{arg}
		}
		for _, item := range list {
			word, isString := item.(string)
			if !isString {
				return "", false
			}
			words = append(words, quoteWord(word))
		}
	}
	return strings.Join(words, " "), true
}

// flagValue is a literal as the value of a flag; empty where it has none.
func flagValue(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = flagValue(item)
		}
		return strings.Join(items, ",")
	}
	return ""
}

// quoteWord writes a word as a POSIX shell reads it.
func quoteWord(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+=,", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// Check reports what is wrong with the arguments of a call, without carrying it out.
func (f *Func) Check(args ...Value) error { return f.check(args) }

// Of is a value of Go as an argument, for callers that have no session.
func Of(value any) Value { return goValue{value} }

type goValue struct{ value any }

// Plain is the value.
func (v goValue) Plain() any { return v.value }

// JSON is the value as JSON text; what has none is null.
func (v goValue) JSON() JSON {
	text, err := json.Marshal(v.value)
	if err != nil {
		return "null"
	}
	return JSON(text)
}
