package figure

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"imapsh/runtime/api"
	"imapsh/runtime/plot"
)

// Size is the size of a picture in pixels; the zero value is the figure's own.
type Size struct{ Width, Height int }

// Of is the size for a figure.
func (s Size) Of(f *plot.Figure) (w, h int) {
	if s.Width == 0 {
		return plot.DefaultWidth, f.Height()
	}
	return s.Width, s.Height
}

// The sides of a picture: its pixels are held in memory.
const (
	minSide = 100
	maxSide = 10_000
)

// ParseSize reads WIDTHxHEIGHT in pixels; nothing is the figure's own size.
func ParseSize(s string) (Size, error) {
	if s == "" {
		return Size{}, nil
	}
	width, height, _ := strings.Cut(strings.ToLower(s), "x")
	w, err := strconv.Atoi(width)
	h, err2 := strconv.Atoi(height)
	if err != nil || err2 != nil || min(w, h) < minSide || max(w, h) > maxSide {
		return Size{}, api.Usagef("the size %q must be WIDTHxHEIGHT in pixels, each %d to %d, such as 1200x600", s, minSide, maxSide)
	}
	return Size{w, h}, nil
}

// ParseAt reads NAME=INDEX for Options.At.
func ParseAt(list []string) (map[string]int, error) {
	at := map[string]int{}
	for _, s := range list {
		name, number, ok := strings.Cut(s, "=")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 0 || name == "" {
			return nil, api.Usagef("%q must be NAME=INDEX with an index from 0, such as energy=5", s)
		}
		if _, twice := at[name]; twice {
			return nil, api.Usagef("%q: the dimension %s is there twice", s, name)
		}
		at[name] = n
	}
	return at, nil
}

// formats are the endings of files that pictures are written to.
var formats = map[string]func(*plot.Figure, io.Writer, int, int) error{
	".svg": (*plot.Figure).SVG,
	".png": (*plot.Figure).PNG,
}

// CheckFile refuses a name for a picture that ends with neither .svg nor .png.
func CheckFile(path string) error {
	if formats[strings.ToLower(filepath.Ext(path))] == nil {
		return api.Usagef("%s: a picture's name must end with .svg or .png", path)
	}
	return nil
}

// Encode gives the bytes of a figure in the format that the ending of a file's name says.
func Encode(f *plot.Figure, path string, size Size) ([]byte, error) {
	if err := CheckFile(path); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, h := size.Of(f)
	if err := formats[strings.ToLower(filepath.Ext(path))](f, &b, w, h); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b.Bytes(), nil
}
