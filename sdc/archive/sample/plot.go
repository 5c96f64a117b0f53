package sample

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
)

// The size of a quicklook picture in pixels.
const (
	plotWidth  = 288
	plotHeight = 120
)

// Colours of a quicklook picture, as places in its palette.
const (
	paper = iota
	grid
	frame
	firstCurve // and two more
	colours    = firstCurve + 3
)

// plotOf draws a quicklook picture: three curves over a grid of hours, as PNG. It
// is written by hand, with nothing compressed: what image/png makes of the same
// pixels may change with the Go release.
func plotOf(n noise) []byte {
	pixels := make([]byte, plotWidth*plotHeight)
	for y := range plotHeight {
		for x := range plotWidth {
			switch {
			case x == 0 || y == 0 || x == plotWidth-1 || y == plotHeight-1:
				pixels[y*plotWidth+x] = frame
			case x%(plotWidth/8) == 0 || y%(plotHeight/4) == 0:
				pixels[y*plotWidth+x] = grid
			}
		}
	}
	for curve := range colours - firstCurve {
		drawCurve(pixels, byte(firstCurve+curve), n)
	}
	return encodePNG(pixels)
}

// drawCurve draws a walk from the left edge to the right.
func drawCurve(pixels []byte, colour byte, n noise) {
	const scale = 8
	var w walk
	last := plotHeight / 2
	for x := 1; x < plotWidth-1; x++ {
		y := min(max(plotHeight/2+w.step(n, 40)/scale, 1), plotHeight-2)
		for between := min(last, y); between <= max(last, y); between++ {
			pixels[between*plotWidth+x] = colour
		}
		last = y
	}
}

// encodePNG writes a picture of palette colours (PNG specification, third edition;
// zlib RFC 1950, stored blocks RFC 1951 3.2.4).
func encodePNG(pixels []byte) []byte {
	png := []byte("\x89PNG\r\n\x1a\n")

	header := binary.BigEndian.AppendUint32(nil, plotWidth)
	header = binary.BigEndian.AppendUint32(header, plotHeight)
	const depth, palette = 8, 3
	png = appendChunk(png, "IHDR", append(header, depth, palette, 0, 0, 0))

	png = appendChunk(png, "PLTE", []byte{
		paper * 3: 255, 255, 255,
		grid * 3: 224, 224, 224,
		frame * 3: 64, 64, 64,
		firstCurve * 3: 31, 119, 180,
		214, 39, 40,
		44, 160, 44,
	})

	var rows []byte
	for y := range plotHeight {
		const unfiltered = 0
		rows = append(rows, unfiltered)
		rows = append(rows, pixels[y*plotWidth:(y+1)*plotWidth]...)
	}
	png = appendChunk(png, "IDAT", storedZlib(rows))
	return appendChunk(png, "IEND", nil)
}

// appendChunk adds a chunk: length, type, data and the check of the last two.
func appendChunk(png []byte, kind string, data []byte) []byte {
	png = binary.BigEndian.AppendUint32(png, uint32(len(data)))
	from := len(png)
	png = append(png, kind...)
	png = append(png, data...)
	return binary.BigEndian.AppendUint32(png, crc32.ChecksumIEEE(png[from:]))
}

// storedZlib wraps data in a zlib stream that compresses nothing.
func storedZlib(data []byte) []byte {
	const longest = 1<<16 - 1 // of a stored block
	stream := []byte{0x78, 0x01}
	check := adler32.Checksum(data)
	for len(data) > 0 {
		block := data[:min(longest, len(data))]
		data = data[len(block):]
		last := byte(0)
		if len(data) == 0 {
			last = 1
		}
		stream = append(stream, last)
		stream = binary.LittleEndian.AppendUint16(stream, uint16(len(block)))
		stream = binary.LittleEndian.AppendUint16(stream, ^uint16(len(block)))
		stream = append(stream, block...)
	}
	return binary.BigEndian.AppendUint32(stream, check)
}
