package recipes

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"imapsh/runtime/termtext"
)

// Same reports whether a proposal brings nothing new.
func (p *Proposal) Same() bool {
	return p.Old != nil && p.Old.Pin == p.New && len(p.Asks()) == 0
}

// Asks lists the permissions that recipes ask for and nobody has accepted yet, as
// "upload: upload_calibration.js".
func (p *Proposal) Asks() []string {
	by := map[string][]string{}
	for _, recipe := range p.Recipes {
		for _, word := range recipe.Allow {
			if !slices.Contains(recipe.Granted, word) {
				by[word] = append(by[word], recipe.Path)
			}
		}
	}
	return lines(by)
}

// Drops lists the permissions that were accepted and are not asked for any more.
func (p *Proposal) Drops() []string {
	by := map[string][]string{}
	for _, recipe := range p.Recipes {
		for _, word := range recipe.Granted {
			if !slices.Contains(recipe.Allow, word) {
				by[word] = append(by[word], recipe.Path)
			}
		}
	}
	if p.Old != nil {
		for _, path := range p.Gone {
			for _, word := range p.Old.Allowed[path] {
				by[word] = append(by[word], path)
			}
		}
	}
	return lines(by)
}

func lines(by map[string][]string) (lines []string) {
	for _, word := range slices.Sorted(maps.Keys(by)) {
		lines = append(lines, word+": "+strings.Join(by[word], ", "))
	}
	return lines
}

// Text shows a proposal to whoever is to accept it. What the repository says cannot drive
// the terminal.
func (p *Proposal) Text() string {
	var out strings.Builder
	line := func(format string, args ...any) {
		fmt.Fprintln(&out, termtext.EscapeLine(fmt.Sprintf(format, args...)))
	}
	ref := ""
	if p.New.Ref != "" {
		ref = " (" + p.New.Ref + ")"
	}
	line("%s from %s%s", p.Name, p.New.URL, ref)
	switch {
	case p.Old == nil:
		line("commit %s, tree %s", short(p.New.Commit), short(p.New.Tree))
	case p.Old.URL != p.New.URL:
		line("commit %s, in place of %s of %s", short(p.New.Commit), short(p.Old.Commit), p.Old.URL)
	default:
		line("commit %s, in place of %s", short(p.New.Commit), short(p.Old.Commit))
	}
	if p.Rewrote {
		line("WARNING: the new commit does not follow the old one: the history was rewritten, or %s was moved", refName(p.New.Ref))
	}
	if len(p.Log) > 0 {
		line("")
		for _, commit := range p.Log {
			line("  %s", commit)
		}
	}
	line("")
	width := 0
	for _, recipe := range p.Recipes {
		width = max(width, len(recipe.Path))
	}
	for _, recipe := range p.Recipes {
		change := ""
		if p.Old != nil && recipe.Change != "" {
			change = "(" + recipe.Change + ") "
		}
		line("  %-*s  %s%s", width, recipe.Path, change, recipe.about())
	}
	for _, path := range p.Gone {
		line("  %-*s  (gone)", width, path)
	}
	if len(p.Recipes) == 0 {
		line("  no recipes at its top, in recipes/ or in scripts/")
	}
	for _, path := range slices.Sorted(maps.Keys(p.Skipped)) {
		line("  %s is %s, which is not followed", path, p.Skipped[path])
	}
	line("")
	line("Its recipes read and write files under the working directory and the data directory, and download.")
	asks := p.Asks()
	for _, ask := range asks {
		if p.Old != nil {
			line("NEW: they may change the archive: %s", ask)
		} else {
			line("They may change the archive: %s", ask)
		}
	}
	for _, drop := range p.Drops() {
		line("No longer: %s", drop)
	}
	if len(asks) == 0 && len(p.granted()) == 0 {
		line("None of them may change the archive. They see no credential.")
	} else {
		line("They see no credential.")
	}
	return out.String()
}

// granted are the permissions that stay.
func (p *Proposal) granted() []string {
	var all []string
	for _, recipe := range p.Recipes {
		all = append(all, recipe.Allow...)
	}
	return all
}

func (o Offered) about() string {
	text := o.Summary
	if text == "" {
		text = "(no comment says what it does)"
	}
	if o.Fault != "" {
		text += " (cannot be read: " + o.Fault + ")"
	}
	return text
}

func refName(ref string) string {
	if ref == "" {
		return "the branch"
	}
	return ref
}
