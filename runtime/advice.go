package runtime

import (
	"imapsh/runtime/api"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// adviceOn is what to do about an error of the engine's own; empty where nothing is known.
func (s *Session) adviceOn(e *ScriptError) string {
	if name, ok := strings.CutSuffix(e.Message, " is not defined"); ok && e.Class == "ReferenceError" {
		return s.adviceOnName(name)
	}
	name, ok := strings.CutPrefix(e.Message, "Object has no member '")
	if !ok {
		return ""
	}
	name = strings.TrimSuffix(name, "'")
	if list := s.api.ListWith(name); list != nil {
		return name + " is a method of a " + list.Name + "; a.concat(b) and filter keep one, [...a, ...b] and map make a plain array"
	}
	if near, ok := api.Nearest(name, slices.Concat(s.api.Members(), s.languageMembers())); ok {
		return "did you mean " + near + "?"
	}
	return ""
}

// languageMembers are the methods of the language's own values.
func (s *Session) languageMembers() (names []string) {
	for _, class := range []string{"Array", "String", "Map", "Set", "Promise", "Date", "RegExp", "Number", "Object"} {
		if prototype, ok := s.prototypeOf(class).(*goja.Object); ok {
			names = append(names, s.read.Names(prototype)...)
		}
	}
	return names
}

// adviceOnName is for a name that nothing has: a word that an option takes, which
// lacks its quotes, or a function's name that was mistyped.
func (s *Session) adviceOnName(name string) string {
	if instead, ok := absent[name]; ok {
		return instead
	}
	if s.api.Takes(name) {
		return "a word is written in quotes: '" + name + "'"
	}
	if near, ok := api.Nearest(name, s.api.Names()); ok {
		return "did you mean " + near + "?"
	}
	return ""
}

// absent says what to use in place of what other JavaScript engines have.
var absent = map[string]string{
	"fetch":          "query and download ask the archive; nothing else of the network is reached",
	"XMLHttpRequest": "query and download ask the archive; nothing else of the network is reached",
	"WebSocket":      "query and download ask the archive; nothing else of the network is reached",
	"process":        "args holds the arguments, exit(code) ends, config holds the settings",
	"module":         "a file with export is a module; so is what require gives module.exports of",
	"exports":        "a file with export is a module; so is what require gives module.exports of",
	"fs":             "readText, readJSON, writeText and writeJSON work with files",
	"Buffer":         "Uint8Array holds bytes",
	"alert":          "print shows a value",
	"prompt":         "args holds what the recipe is given",
	"window":         "globalThis holds the global variables",
	"document":       "print shows a value; there is no page",
	"global":         "globalThis holds the global variables",
	"__dirname":      "a relative path is looked for beside the recipe as well",
	"__filename":     "a relative path is looked for beside the recipe as well",
	"WeakRef":        "a plain variable holds a value",
	"Temporal":       "Date, addDays and texts such as 2026-01-05 stand for days",
}
