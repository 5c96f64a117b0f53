package runtime

import (
	"strings"
	"unicode"
)

// Snake spells a name the archive's way: dataLevel is data_level.
func Snake(name string) string {
	var out strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) {
			if i > 0 {
				out.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		out.WriteRune(r)
	}
	return out.String()
}

// camel spells a name JavaScript's way: construct_path is constructPath.
func camel(name string) string {
	var out strings.Builder
	upper := false
	for i, r := range name {
		switch {
		case r == '_' && i > 0:
			upper = true
		case upper:
			out.WriteRune(unicode.ToUpper(r))
			upper = false
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
