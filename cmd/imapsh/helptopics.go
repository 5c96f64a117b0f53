package main

import (
	"embed"
	"io/fs"
	"strings"

	"imapsh/runtime/api"
)

// helpPages are the pages that help explains topics with: NAME.md, which begins with a
// heading that says what the page is about.
//
//go:embed help/*.md
var helpPages embed.FS

// helpTopics are the topics of help, by name.
func helpTopics() []api.Topic {
	names, err := fs.Glob(helpPages, "help/*.md")
	if err != nil {
		panic(err) // the pattern is ours
	}
	topics := make([]api.Topic, len(names))
	for i, name := range names {
		page, err := helpPages.ReadFile(name)
		if err != nil {
			panic(err) // it is part of the program
		}
		heading, _, _ := strings.Cut(string(page), "\n")
		topics[i] = api.Topic{
			Name: strings.TrimSuffix(strings.TrimPrefix(name, "help/"), ".md"),
			Doc:  strings.TrimPrefix(heading, "# "),
			Text: string(page),
		}
	}
	return topics
}
