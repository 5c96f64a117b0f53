package main

import (
	"strings"

	"imapsh/bindings"
	"imapsh/runtime"
	"imapsh/runtime/api"
)

// everything is a session that offers all that there is, without an archive: what it
// declares is printed and not called.
func everything() (*runtime.Session, error) {
	return runtime.New(runtime.Options{API: bindings.New(bindings.Host{Run: runNothing})})
}

// apiHelp explains one name of the API, or without one is the reference of all of it.
func apiHelp(names []string) (string, error) {
	session, err := everything()
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return session.API().Reference(), nil
	}
	text, err := session.Help(strings.Join(names, " "))
	return text, asUsage(err)
}

// apiNames are the names that apiHelp explains.
func apiNames() []string {
	session, err := everything()
	if err != nil {
		return nil
	}
	return append(session.API().Names(), membersOf(session.API())...)
}

// membersOf are the methods and functions of the classes: FileList.latest.
func membersOf(a *api.API) []string {
	var names []string
	for _, c := range a.Classes {
		for _, f := range c.Methods {
			names = append(names, c.Name+"."+f.Name)
		}
		for _, f := range c.Statics {
			names = append(names, c.Name+"."+f.Name)
		}
	}
	return names
}
