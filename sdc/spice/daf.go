package spice

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

const (
	recordSize = 1024 // bytes of a DAF record
	wordSize   = 8    // bytes of a double precision number, in which addresses count
	// maxSegments bounds the segments of a file; the largest kernels have some thousands.
	maxSegments = 1 << 20
)

// daf is a double precision array file (DAF required reading): segments of numbers, each with a summary.
type daf struct {
	r         io.ReaderAt
	order     binary.ByteOrder
	doubles   int // numbers in a summary that are doubles
	integers  int // and integers
	summaries []summary
}

// summary describes a segment.
type summary struct {
	name     string
	doubles  []float64
	integers []int
}

// openDAF reads the file record and all summaries.
func openDAF(r io.ReaderAt) (*daf, error) {
	head := make([]byte, recordSize)
	if err := readAt(r, head, 0); err != nil {
		return nil, fmt.Errorf("the file record of the kernel cannot be read: %w", err)
	}
	if !bytes.HasPrefix(head, []byte("DAF/")) && !bytes.HasPrefix(head, []byte("NAIF/DAF")) {
		return nil, fmt.Errorf("the file is no binary kernel: it starts with %.8q", head)
	}
	d := &daf{r: r}
	switch format := string(head[88:96]); format {
	case "LTL-IEEE":
		d.order = binary.LittleEndian
	case "BIG-IEEE":
		d.order = binary.BigEndian
	default:
		return nil, fmt.Errorf("the kernel's number format %q is not supported; LTL-IEEE and BIG-IEEE are", strings.TrimRight(format, " \x00"))
	}
	// A copy in text mode changes bytes of this string, which is there to show it.
	if ftp := head[699:727]; bytes.HasPrefix(ftp, []byte("FTPSTR")) && !bytes.Equal(ftp, []byte("FTPSTR:\r:\n:\r\n:\r\x00:\x81:\x10\xce:ENDFTP")) {
		return nil, fmt.Errorf("the kernel was damaged by a copy in text mode; fetch it again")
	}
	d.doubles, d.integers = d.int32(head[8:]), d.int32(head[12:])
	if d.doubles < 0 || d.integers < 2 || d.doubles > 124 || d.integers > 250 || d.summarySize() > 125 {
		return nil, fmt.Errorf("the kernel says that its summaries have %d doubles and %d integers", d.doubles, d.integers)
	}
	return d, d.readSummaries(d.int32(head[76:]))
}

func (d *daf) int32(b []byte) int { return int(int32(d.order.Uint32(b))) }

func (d *daf) float(b []byte) float64 { return math.Float64frombits(d.order.Uint64(b)) }

// summarySize is the length of a summary in words.
func (d *daf) summarySize() int { return d.doubles + (d.integers+1)/2 }

// readSummaries follows the list of summary records from the first on.
func (d *daf) readSummaries(record int) error {
	seen := map[int]bool{}
	for record != 0 {
		if record < 2 || seen[record] {
			return fmt.Errorf("the list of the kernel's summary records leads to record %d again or out of the file", record)
		}
		seen[record] = true
		block := make([]byte, 2*recordSize)
		at := int64(record-1) * recordSize
		if err := readAt(d.r, block, at); err != nil {
			return fmt.Errorf("the summary record at offset %d cannot be read: %w", at, err)
		}
		next, count := d.float(block), d.float(block[2*wordSize:])
		size := d.summarySize()
		if count < 0 || count > float64(125/size) || count != math.Trunc(count) || next != math.Trunc(next) || next < 0 || next > math.MaxInt32 {
			return fmt.Errorf("the summary record at offset %d says that it has %v summaries and that the next is %v", at, count, next)
		}
		for i := range int(count) {
			if len(d.summaries) == maxSegments {
				return fmt.Errorf("the kernel has more than %d segments", maxSegments)
			}
			start := (3 + i*size) * wordSize
			name := block[recordSize+i*size*wordSize:][:size*wordSize]
			d.summaries = append(d.summaries, d.summary(block[start:start+size*wordSize], string(name)))
		}
		record = int(next)
	}
	return nil
}

func (d *daf) summary(b []byte, name string) summary {
	s := summary{name: strings.TrimRight(name, " \x00")}
	for i := range d.doubles {
		s.doubles = append(s.doubles, d.float(b[i*wordSize:]))
	}
	for i := range d.integers {
		s.integers = append(s.integers, d.int32(b[d.doubles*wordSize+4*i:]))
	}
	return s
}

// words reads the numbers at addresses from to to, which count from 1 and include both.
func (d *daf) words(from, to int) ([]float64, error) {
	if from < 1 || to < from || to-from > 1<<24 {
		return nil, fmt.Errorf("the addresses %d to %d are not in the kernel", from, to)
	}
	b := make([]byte, (to-from+1)*wordSize)
	at := int64(from-1) * wordSize
	if err := readAt(d.r, b, at); err != nil {
		return nil, fmt.Errorf("the kernel's numbers at offset %d cannot be read: %w", at, err)
	}
	numbers := make([]float64, to-from+1)
	for i := range numbers {
		numbers[i] = d.float(b[i*wordSize:])
	}
	return numbers, nil
}

func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == io.EOF {
		return fmt.Errorf("the file ends at byte %d", at+int64(n))
	}
	return err
}
