package module

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// mapping is a place in generated code and the one in a file that it comes from. Lines
// and columns count from 0; columns in UTF-16 units, as source maps have it.
type mapping struct {
	line, column             int
	source                   int // -1: it comes from no file
	sourceLine, sourceColumn int
}

// mappings are those of a source map, by place in the generated code.
type mappings []mapping

// sourceMap is the form of a source map, version 3.
type sourceMap struct {
	Version  int      `json:"version"`
	Sources  []string `json:"sources"`
	Names    []string `json:"names"`
	Mappings string   `json:"mappings"`
}

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decode reads a source map: https://tc39.es/ecma426/
func decode(text []byte) (sources []string, found mappings, err error) {
	var m sourceMap
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, nil, fmt.Errorf("source map: %w", err)
	}
	at := mapping{}
	for line, segments := range strings.Split(m.Mappings, ";") {
		at.line, at.column = line, 0
		for segment := range strings.SplitSeq(segments, ",") {
			if segment == "" {
				continue
			}
			fields, err := decodeVLQ(segment)
			if err != nil {
				return nil, nil, err
			}
			at.column += fields[0]
			here := at
			if len(fields) < 4 {
				here.source = -1
			} else {
				at.source += fields[1]
				at.sourceLine += fields[2]
				at.sourceColumn += fields[3]
				here = at
				if at.source < 0 || at.source >= len(m.Sources) || at.sourceLine < 0 || at.sourceColumn < 0 {
					return nil, nil, errors.New("source map: a segment of no source")
				}
			}
			if at.column < 0 {
				return nil, nil, errors.New("source map: a segment before its line")
			}
			found = append(found, here)
		}
	}
	return m.Sources, found, nil
}

func decodeVLQ(segment string) ([]int, error) {
	var fields []int
	value, shift := 0, 0
	for _, c := range []byte(segment) {
		digit := strings.IndexByte(base64, c)
		if digit < 0 || shift > 30 {
			return nil, fmt.Errorf("source map: a segment %q that cannot be read", segment)
		}
		value |= digit & 31 << shift
		shift += 5
		if digit&32 != 0 {
			continue
		}
		n := value >> 1
		if value&1 != 0 {
			n = -n
		}
		fields = append(fields, n)
		value, shift = 0, 0
	}
	if len(fields) == 0 || shift != 0 {
		return nil, fmt.Errorf("source map: a segment %q that cannot be read", segment)
	}
	return fields, nil
}

// encode writes a source map whose mappings are sorted by line.
func encode(sources []string, of mappings) []byte {
	var out strings.Builder
	var last mapping
	for i, m := range of {
		if m.line > last.line {
			out.WriteString(strings.Repeat(";", m.line-last.line))
			last.line, last.column = m.line, 0
		} else if i > 0 {
			out.WriteByte(',')
		}
		encodeVLQ(&out, m.column-last.column)
		last.column = m.column
		if m.source < 0 {
			continue
		}
		encodeVLQ(&out, m.source-last.source)
		encodeVLQ(&out, m.sourceLine-last.sourceLine)
		encodeVLQ(&out, m.sourceColumn-last.sourceColumn)
		last.source, last.sourceLine, last.sourceColumn = m.source, m.sourceLine, m.sourceColumn
	}
	text, _ := json.Marshal(sourceMap{Version: 3, Sources: sources, Names: []string{}, Mappings: out.String()}) // of texts and numbers
	return text
}

func encodeVLQ(out *strings.Builder, n int) {
	value := n << 1
	if n < 0 {
		value = -n<<1 | 1
	}
	for {
		digit := value & 31
		if value >>= 5; value > 0 {
			digit |= 32
		}
		out.WriteByte(base64[digit])
		if value == 0 {
			return
		}
	}
}

// at finds the mapping that a place lies in: the last one before it, on its line.
func (m mappings) at(line, column int) (mapping, bool) {
	i, exact := slices.BinarySearchFunc(m, mapping{line: line, column: column}, func(a, b mapping) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	if !exact {
		i--
	}
	if i < 0 || m[i].line != line || m[i].source < 0 {
		return mapping{}, false
	}
	return m[i], true
}

// units turns a column of a line between the ways to count it, all from 0. It is nil for
// a line of ASCII alone, where all are the same.
type units struct {
	bytesAt, runesAt []int // by UTF-16 units; the last entries are those of the line's end
}

func unitsOf(line string) *units {
	if !strings.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return nil
	}
	u := &units{}
	runes := 0
	for i, r := range line {
		for range max(utf16.RuneLen(r), 1) {
			u.bytesAt, u.runesAt = append(u.bytesAt, i), append(u.runesAt, runes)
		}
		runes++
	}
	u.bytesAt, u.runesAt = append(u.bytesAt, len(line)), append(u.runesAt, runes)
	return u
}

// bytes is the column in bytes of one in UTF-16 units.
func (u *units) bytes(column int) int {
	if u == nil {
		return column
	}
	return u.bytesAt[min(column, len(u.bytesAt)-1)]
}

// runes is the column in characters of one in UTF-16 units.
func (u *units) runes(column int) int {
	if u == nil {
		return column
	}
	return u.runesAt[min(column, len(u.runesAt)-1)]
}
