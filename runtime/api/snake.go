package api

import (
	"strings"
	"unicode"
)

// Snake spells a name the archive's way: dataLevel is data_level.
func Snake(name string) string {
	if strings.IndexFunc(name, unicode.IsUpper) < 0 {
		return name
	}
	var out strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) {
			// A run of capitals is one word: readJSON is read_json.
			begins := i > 0 && !unicode.IsUpper(runes[i-1]) || i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if begins && runes[i-1] != '_' {
				out.WriteByte('_')
			}
			r = unicode.ToLower(r)
		}
		out.WriteRune(r)
	}
	return out.String()
}
