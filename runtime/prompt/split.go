package prompt

import (
	"fmt"
	"strings"
)

// lastWord is the word that a text ends with, which may still be being typed.
type lastWord struct {
	start int    // where it begins in the text, in bytes
	text  string // without its quotes and backslashes
	quote rune   // the quote that is open at the end; 0: none
	begun bool   // false: the text ends with a blank, or is empty
}

// splitWords divides a text at its blanks, as a shell does: quotes hold a word together,
// and a backslash takes a blank or a quote as it is; between quotes, the quote that would
// end them. The words before the last one are complete.
func splitWords(text string) (words []string, last lastWord) {
	var word strings.Builder
	escaped := false
	begin := func(at int) {
		if !last.begun {
			last = lastWord{start: at, begun: true}
		}
	}
	for i, r := range text {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && escapable(text[i+1:], last.quote):
			begin(i)
			escaped = true
		case last.quote != 0 && r != last.quote:
			word.WriteRune(r)
		case last.quote != 0:
			last.quote = 0
		case r == '\'' || r == '"':
			begin(i)
			last.quote = r
		case r == ' ' || r == '\t' || r == '\n':
			if last.begun {
				words = append(words, word.String())
				word.Reset()
			}
			last = lastWord{start: i + 1}
		default:
			begin(i)
			word.WriteRune(r)
		}
	}
	if !last.begun {
		last.start = len(text)
	}
	last.text = word.String()
	return words, last
}

// escapable reports whether a backslash takes what follows it as it is.
func escapable(following string, quote rune) bool {
	taken := " \t'\""
	if quote != 0 {
		taken = string(quote)
	}
	return following != "" && strings.IndexByte(taken, following[0]) >= 0
}

// shellWords are the words of a text that is whole.
func shellWords(text string) ([]string, error) {
	words, last := splitWords(text)
	if last.quote != 0 {
		return nil, fmt.Errorf("the quote %c is not closed", last.quote)
	}
	if last.begun {
		words = append(words, last.text)
	}
	return words, nil
}

// quoteWord is a word as splitWords reads it back; quote is the one that it is typed in, 0
// for none. The quote is not closed.
func quoteWord(word string, quote rune) string {
	if quote != 0 {
		return string(quote) + strings.ReplaceAll(word, string(quote), `\`+string(quote))
	}
	return strings.NewReplacer(" ", `\ `, "\t", "\\\t", "'", `\'`, `"`, `\"`).Replace(word)
}
