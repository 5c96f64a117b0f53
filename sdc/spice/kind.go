package spice

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Kind is what a kernel's content is.
type Kind string

// The kinds of kernels, as SPICE abbreviates them.
const (
	LSK     Kind = "LSK"  // leap seconds
	SCLK    Kind = "SCLK" // spacecraft clock
	FK      Kind = "FK"   // frames
	IK      Kind = "IK"   // instruments
	PCK     Kind = "PCK"  // planetary constants, text or binary
	MK      Kind = "MK"   // metakernel
	SPK     Kind = "SPK"  // positions
	CK      Kind = "CK"   // attitude
	EK      Kind = "EK"   // events
	DSK     Kind = "DSK"  // shapes
	unknown Kind = ""
)

// Identify reports what a kernel is by its first bytes, whatever its name says.
func Identify(r io.ReaderAt) (Kind, error) {
	head := make([]byte, 4096)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return unknown, err
	}
	head = head[:n]
	if len(head) >= 8 {
		switch word := strings.TrimRight(string(head[:8]), " \r\n"); {
		case strings.HasPrefix(word, "DAF/"), strings.HasPrefix(word, "DAS/"), strings.HasPrefix(word, "KPL/"):
			return kindOf(word[4:])
		case word == "NAIF/DAF":
			return unknown, fmt.Errorf("the kernel is a DAF of before 1994 whose kind its header does not say")
		}
	}
	// Text kernels of old have no identification word: what they assign tells their kind.
	for _, mark := range []struct {
		text string
		kind Kind
	}{{"DELTET/", LSK}, {"SCLK_DATA_TYPE", SCLK}, {"KERNELS_TO_LOAD", MK}} {
		if bytes.Contains(head, []byte(mark.text)) && bytes.Contains(head, []byte(`\begin`)) {
			return mark.kind, nil
		}
	}
	if bytes.Contains(head, []byte(`\begindata`)) {
		pool, err := ReadPool(io.NewSectionReader(r, 0, maxTextKernel))
		if err != nil {
			return unknown, err
		}
		return pool.kind()
	}
	return unknown, fmt.Errorf("the file is no SPICE kernel: it starts with %.20q", head)
}

func kindOf(word string) (Kind, error) {
	switch k := Kind(strings.TrimSpace(word)); k {
	case LSK, SCLK, FK, IK, PCK, MK, SPK, CK, EK, DSK:
		return k, nil
	default:
		return unknown, fmt.Errorf("the kernel says it is a %q, which is none of LSK, SCLK, FK, IK, PCK, MK, SPK, CK, EK, DSK", string(k))
	}
}
