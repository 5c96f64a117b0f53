package sdc

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"imapsh/naming"
)

// plan is a query turned into requests: one for each of its lists' combinations.
type plan struct {
	catalog   *catalog
	file      naming.FilePath // the one that the query names, or nil
	requests  []url.Values
	keeps     []func(*Record) bool // what the server does not filter: a record stays when all hold
	divisible bool                 // by start date and instrument, should a request ask for too much
	latest    bool                 // the server does not rank this catalog: rank here
}

// set gives every request a parameter.
func (p *plan) set(name, value string) {
	for _, parameters := range p.requests {
		parameters.Set(name, value)
	}
}

// keep lets a record pass that the server may send and the query does not want.
func (p *plan) keep(keep func(*Record) bool) { p.keeps = append(p.keeps, keep) }

// parameter takes a field's one value as the parameter of a name.
func parameter(name string) func(*plan, []string) error {
	return func(p *plan, values []string) error {
		p.set(name, values[0])
		return nil
	}
}

// forEach makes a request of each value: the server takes no lists.
func forEach(name string) func(*plan, []string) error {
	return func(p *plan, values []string) error {
		var requests []url.Values
		for _, parameters := range p.requests {
			for _, value := range values {
				each := maps.Clone(parameters)
				each.Set(name, value)
				requests = append(requests, each)
			}
		}
		p.requests = requests
		return nil
	}
}

// descriptors asks for each, or, where one is a pattern, for all: the server matches
// whole words only. It ranks versions within a descriptor, so choosing among them
// afterwards changes no rank.
func (p *plan) descriptors(patterns []string) error {
	if !slices.ContainsFunc(patterns, func(d string) bool { return strings.Contains(d, "*") }) {
		return forEach("descriptor")(p, patterns)
	}
	p.keep(func(r *Record) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, r.Text("descriptor")) })
	})
	return nil
}

func (p *plan) extension(values []string) error {
	if known := naming.Extensions(naming.Class(p.catalog.table)); !slices.Contains(known, values[0]) {
		return usagef("query: extension %q: files of %s have one of %s", values[0], p.catalog.name, strings.Join(known, ", "))
	}
	p.set("extension", values[0])
	return nil
}

func (p *plan) filePath([]string) error {
	p.set("file_path", p.file.ArchivePath())
	return nil
}

// scienceVersion: the table takes both forms and ranks.
func (p *plan) scienceVersion(values []string) error {
	if values[0] == string(Latest) {
		p.set("latest", "true")
	} else {
		p.set("version", values[0])
	}
	return nil
}

// quicklookVersion: the table knows the two parts only.
func (p *plan) quicklookVersion(values []string) error {
	if p.latest = values[0] == string(Latest); p.latest {
		return nil
	}
	version, err := naming.ParseVersion(values[0])
	if err != nil {
		return err
	}
	p.set("minor_version", strconv.Itoa(version.Minor))
	if version.Major != naming.NoMajor {
		p.set("major_version", strconv.Itoa(version.Major))
	}
	return nil
}

func (p *plan) ancillaryVersion(values []string) error {
	if p.latest = values[0] == string(Latest); p.latest {
		return nil
	}
	if version, err := naming.ParseVersion(values[0]); err != nil || version.Major != naming.NoMajor {
		return usagef("query: version %q: files of table ancillary have versions of the form vNNN, such as v003", values[0])
	}
	p.set("version", values[0])
	return nil
}

// matches compares a word with a pattern in which * stands for any string.
func matches(pattern, word string) bool {
	first, rest, found := strings.Cut(pattern, "*")
	if !found {
		return pattern == word
	}
	if !strings.HasPrefix(word, first) {
		return false
	}
	word = word[len(first):]
	for i := 0; i <= len(word); i++ {
		if matches(rest, word[i:]) {
			return true
		}
	}
	return false
}
