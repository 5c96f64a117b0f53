package main

import (
	"io"
	"unicode/utf8"
)

// screenWriter escapes what would drive the terminal that it writes to.
type screenWriter struct {
	w      io.Writer
	escape func(string) string
	begun  []byte // of a character whose other bytes have not come yet
}

// forScreen is the stream itself unless it is a terminal: a file takes what its format
// defines, a terminal nothing that it would act on.
func forScreen(w io.Writer, escape func(string) string) io.Writer {
	if !isTerminal(w) {
		return w
	}
	return &screenWriter{w: w, escape: escape}
}

// Write writes whole characters.
func (s *screenWriter) Write(p []byte) (int, error) {
	text := append(s.begun, p...)
	end := len(text)
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if last := text[len(text)-i:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				end -= i
			}
			break
		}
	}
	s.begun = append([]byte(nil), text[end:]...)
	if _, err := io.WriteString(s.w, s.escape(string(text[:end]))); err != nil {
		return 0, err
	}
	return len(p), nil
}
