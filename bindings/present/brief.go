package present

import (
	"maps"
	"slices"
	"strings"

	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// Brief is a list in a few words: mag l1b 20260101…20260209. It is empty for no records.
func Brief(records sdc.Records) string {
	var parts []string
	by, first, last := productOf(records)
	for _, field := range by {
		seen := map[string]bool{}
		for _, r := range records {
			if value := r.Text(field); value != "" {
				seen[value] = true
			}
		}
		switch values := slices.Sorted(maps.Keys(seen)); {
		case len(values) > 3:
			parts = append(parts, Counted(len(values), strings.ReplaceAll(field, "_", " ")))
		case len(values) > 0 && (field != "descriptor" || len(values) == 1):
			parts = append(parts, strings.Join(values, ","))
		}
	}
	var from, to string
	for _, r := range records {
		if day, _, _ := strings.Cut(r.Text(first), ","); day != "" && (from == "" || day < from) {
			from = day
		}
		day, _, _ := strings.Cut(r.Text(last), ",")
		to = max(to, day)
	}
	switch {
	case from != "" && from != to:
		parts = append(parts, from+"…"+to)
	case from != "":
		parts = append(parts, from)
	}
	return termtext.EscapeLine(strings.Join(parts, " "))
}
