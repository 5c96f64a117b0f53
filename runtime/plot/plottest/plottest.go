// Package plottest compares drawings in tests.
package plottest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"image/color"
	"image/png"
	"regexp"
	"testing"
)

var dataURL = regexp.MustCompile(`data:image/png;base64,[A-Za-z0-9+/=]+`)

// Settled replaces pictures inside an SVG by their size and a hash of their pixels: how they are compressed may change with Go.
func Settled(t testing.TB, svg []byte) []byte {
	t.Helper()
	return dataURL.ReplaceAllFunc(svg, func(url []byte) []byte {
		_, data, _ := bytes.Cut(url, []byte(","))
		raw, err := base64.StdEncoding.DecodeString(string(data))
		if err != nil {
			t.Fatal(err)
		}
		p, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		h := fnv.New64a()
		b := p.Bounds()
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				c := color.RGBAModel.Convert(p.At(x, y)).(color.RGBA)
				h.Write([]byte{c.R, c.G, c.B, c.A})
			}
		}
		return fmt.Appendf(nil, "pixels of %s, %x", b.Size(), h.Sum64())
	})
}
