package prompt

import (
	"regexp"
	"strings"
)

// A prompt that was copied along stands at the start of a line; where nothing follows it,
// the terminal may have dropped its last blank.
var (
	copiedPrompt       = regexp.MustCompile(`(?m)^imap(\[[^\]\s]+\])?>( |$)`)
	copiedContinuation = regexp.MustCompile(`(?m)^  \.\.\.( |$)`)
	continuedAlone     = regexp.MustCompile(`^[^\n]*(\n+  \.\.\.( [^\n]*)?)+\n*$`)
)

// Unprompt takes the prompts off a string that was copied from the screen. The continuation is
// also how a spread may be written: it goes only where a prompt goes, or where each line
// behind the first has it.
func Unprompt(text string) string {
	if !strings.Contains(text, ">") && !strings.Contains(text, "  ...") {
		return text
	}
	if !copiedPrompt.MatchString(text) && !continuedAlone.MatchString(text) {
		return text
	}
	return copiedContinuation.ReplaceAllString(copiedPrompt.ReplaceAllString(text, ""), "")
}
