package graphics

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		want Protocol
	}{
		{"nothing", nil, Braille},
		{"xterm", map[string]string{"TERM": "xterm-256color"}, Braille},
		{"kitty", map[string]string{"TERM": "xterm-kitty"}, Kitty},
		{"kitty under tmux", map[string]string{"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, Braille},
		{"iTerm2", map[string]string{"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, ITerm2},
		{"foot", map[string]string{"TERM": "foot"}, Sixel},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Of(func(name string) string { return test.env[name] }); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestWrite(t *testing.T) {
	pixels := image.NewRGBA(image.Rect(0, 0, 300, 200))
	noise := rand.New(rand.NewPCG(1, 2)) // a picture that does not compress into one part
	for i := range pixels.Pix {
		pixels.Pix[i] = byte(noise.Uint32())
	}
	var whole bytes.Buffer
	if err := png.Encode(&whole, pixels); err != nil {
		t.Fatal(err)
	}
	t.Run("kitty", func(t *testing.T) {
		var b bytes.Buffer
		if err := Write(&b, Kitty, pixels); err != nil {
			t.Fatal(err)
		}
		var data strings.Builder
		parts := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\x1b\\")
		for i, part := range parts[:len(parts)-1] {
			control, chunk, ok := strings.Cut(strings.TrimPrefix(part, "\x1b_G"), ";")
			last := i == len(parts)-2
			want := "m=1"
			if last {
				want = "m=0"
			}
			if i == 0 {
				want = "a=T,f=100," + want
			}
			if !ok || control != want || len(chunk) > 4096 {
				t.Fatalf("part %d is %q with %d bytes, want %q", i, control, len(chunk), want)
			}
			data.WriteString(chunk)
		}
		raw, err := base64.StdEncoding.DecodeString(data.String())
		if err != nil || !bytes.Equal(raw, whole.Bytes()) {
			t.Errorf("the picture differs (%v)", err)
		}
	})
	t.Run("iterm2", func(t *testing.T) {
		var b bytes.Buffer
		if err := Write(&b, ITerm2, pixels); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("\x1b]1337;File=inline=1;size=%d;preserveAspectRatio=1:%s\a\n", whole.Len(), base64.StdEncoding.EncodeToString(whole.Bytes()))
		if b.String() != want {
			t.Errorf("got %.80q", b.String())
		}
	})
	t.Run("sixel", func(t *testing.T) {
		var b bytes.Buffer
		if err := Write(&b, Sixel, pixels); err != nil {
			t.Fatal(err)
		}
		if s := b.String(); !strings.HasPrefix(s, "\x1bP") || !strings.HasSuffix(s, "\x1b\\\n") {
			t.Errorf("got %.20q … %q", s, s[len(s)-5:])
		}
	})
	if err := Write(&bytes.Buffer{}, Braille, pixels); err == nil {
		t.Error("braille shows a picture")
	}
}
