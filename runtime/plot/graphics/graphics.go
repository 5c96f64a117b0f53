// Package graphics shows pictures in terminals that take them: kitty, iTerm2 and sixel.
package graphics

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"io"
	"strings"

	"github.com/mattn/go-sixel"
)

// Protocol is how a terminal shows pictures.
type Protocol string

// The ways to show pictures. Braille and half blocks work in every terminal that has UTF-8.
const (
	Braille Protocol = "braille"
	Kitty   Protocol = "kitty"
	ITerm2  Protocol = "iterm2"
	Sixel   Protocol = "sixel"
)

// Of is what a terminal says of itself in its environment variables. Inside tmux and screen, which
// pass no pictures on, it is Braille; so it is where nothing is said.
func Of(getenv func(string) string) Protocol {
	term, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case getenv("TMUX") != "" || strings.HasPrefix(term, "screen") || strings.HasPrefix(term, "tmux"):
		return Braille
	case getenv("KITTY_WINDOW_ID") != "" || term == "xterm-kitty" || term == "xterm-ghostty" || program == "ghostty":
		return Kitty
	case program == "iTerm.app" || program == "WezTerm" || getenv("LC_TERMINAL") == "iTerm2":
		return ITerm2
	case strings.HasPrefix(term, "foot") || strings.HasPrefix(term, "mlterm") || term == "yaft-256color":
		return Sixel
	}
	return Braille
}

// Write writes a picture as a terminal takes it, and a line feed. Braille takes none.
func Write(out io.Writer, g Protocol, pixels image.Image) error {
	switch g {
	case Kitty, ITerm2:
		var b bytes.Buffer
		if err := png.Encode(&b, pixels); err != nil {
			return err
		}
		if g == Kitty {
			return writeKitty(out, b.Bytes())
		}
		_, err := fmt.Fprintf(out, "\x1b]1337;File=inline=1;size=%d;preserveAspectRatio=1:%s\a\n", b.Len(), base64.StdEncoding.EncodeToString(b.Bytes()))
		return err
	case Sixel:
		e := sixel.NewEncoder(out)
		e.Dither = false
		if err := e.Encode(pixels); err != nil {
			return err
		}
		_, err := io.WriteString(out, "\n")
		return err
	}
	return fmt.Errorf("the graphics %q show no pictures; kitty, iterm2 and sixel do", g)
}

// kittyChunk is the longest part of a picture that the protocol takes at once, in base64.
const kittyChunk = 4096

func writeKitty(out io.Writer, picture []byte) error {
	rest := base64.StdEncoding.EncodeToString(picture)
	first := "a=T,f=100,"
	for {
		part := rest[:min(kittyChunk, len(rest))]
		rest = rest[len(part):]
		more := 0
		if rest != "" {
			more = 1
		}
		if _, err := fmt.Fprintf(out, "\x1b_G%sm=%d;%s\x1b\\", first, more, part); err != nil {
			return err
		}
		first = ""
		if rest == "" {
			_, err := io.WriteString(out, "\n")
			return err
		}
	}
}
