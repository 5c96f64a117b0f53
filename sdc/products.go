package sdc

import (
	_ "embed"
	"iter"
	"strings"

	"imapsh/naming"
)

// Product is a kind of file that the mission makes: all its files share these parts of
// their names.
type Product struct {
	Instrument naming.Instrument `json:"instrument"`
	DataLevel  naming.DataLevel  `json:"data_level"`
	Descriptor string            `json:"descriptor"`
}

//go:embed products.txt
var productsText string

// KnownProducts are the science products that the mission is known to make, by
// instrument and level. The archive may hold others, and not yet hold each.
func KnownProducts() iter.Seq[Product] {
	return func(yield func(Product) bool) {
		for line := range strings.Lines(productsText) {
			words := strings.Fields(line)
			if len(words) < 3 || words[0] == "#" {
				continue
			}
			for level := range strings.SplitSeq(words[1], ",") {
				for _, pattern := range words[2:] {
					for _, descriptor := range expand(pattern) {
						if !yield(Product{naming.Instrument(words[0]), naming.DataLevel(level), descriptor}) {
							return
						}
					}
				}
			}
		}
	}
}

// expand writes out the words that a pattern with {a,b} stands for.
func expand(pattern string) []string {
	before, rest, braced := strings.Cut(pattern, "{")
	choices, after, closed := strings.Cut(rest, "}")
	if !braced || !closed {
		return []string{pattern}
	}
	var words []string
	for choice := range strings.SplitSeq(choices, ",") {
		for _, end := range expand(after) {
			words = append(words, before+choice+end)
		}
	}
	return words
}
