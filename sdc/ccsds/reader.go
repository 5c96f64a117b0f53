package ccsds

import (
	"errors"
	"fmt"
	"io"
)

// JunkError says that the bytes before the next packet are no packet. Reading goes on with that packet.
type JunkError struct {
	Offset int64 // where the bytes start in the file
	Length int64
}

func (e *JunkError) Error() string {
	return fmt.Sprintf("%d bytes at offset %d are no packet", e.Length, e.Offset)
}

// TruncatedError says that the file ends inside a packet. Nothing follows it.
type TruncatedError struct {
	Offset int64 // where the packet starts in the file
	Have   int   // how many of its bytes are there
	Want   int   // its length by its header, 0 where the header itself is cut
}

func (e *TruncatedError) Error() string {
	if e.Want == 0 {
		return fmt.Sprintf("the last packet at offset %d is cut inside its header: %d of %d bytes are there", e.Offset, e.Have, HeaderLength)
	}
	return fmt.Sprintf("the last packet at offset %d is cut: %d of %d bytes are there", e.Offset, e.Have, e.Want)
}

// IsFault reports whether err tells of a place in the file where no whole packet is ([*JunkError],
// [*TruncatedError]), after which [Reader.Next] may be called again.
func IsFault(err error) bool {
	var junk *JunkError
	var truncated *TruncatedError
	return errors.As(err, &junk) || errors.As(err, &truncated)
}

const (
	// windowSize holds several of the longest packets, so that a chain of headers can be followed.
	windowSize = 1 << 20
	// chainLength is how many packets must follow one another where reading starts again after junk:
	// one byte in eight looks like a header's first, so that a single header proves little.
	chainLength = 3
)

// Reader reads the packets of a file one after another. Memory does not depend on the file's length.
//
// Packets have no mark at which they start: each begins where the one before ends. Where no header can
// be (a version number other than 0, or six zero bytes), the reader looks for the next place
// at which three telemetry packets with secondary headers follow one another, or such packets reach
// exactly to the end of the file.
type Reader struct {
	r      io.Reader
	buf    []byte
	start  int   // where the unread bytes begin in buf
	end    int   // where they end
	offset int64 // of buf[start] in the file
	err    error // why no more bytes come: io.EOF or a fault of r
	keep   int   // length of the packet given last, dropped by the next call
}

// NewReader returns a reader of the packets in r.
func NewReader(r io.Reader) *Reader {
	return &Reader{r: r, buf: make([]byte, windowSize)}
}

// Next returns the next packet; its bytes are valid until the next call. The error is io.EOF at the
// end of the file, a [*JunkError] or a [*TruncatedError] for bytes that are no whole packet (see
// [IsFault]), or what reading failed with.
func (r *Reader) Next() (Packet, error) {
	r.drop(r.keep)
	r.keep = 0
	r.fill(MaxPacketLength)
	if r.err != nil && r.err != io.EOF {
		return Packet{}, r.err
	}
	b := r.window()
	switch {
	case len(b) == 0:
		return Packet{}, io.EOF
	case len(b) >= HeaderLength && plausible(b):
		h := ParseHeader(b)
		if h.Length() <= len(b) {
			r.keep = h.Length()
			return Packet{Header: h, Offset: r.offset, Bytes: b[:h.Length():h.Length()]}, nil
		}
	}
	return Packet{}, r.skip()
}

// skip drops bytes that are no whole packet, up to the next chain of packets or the end of the file.
func (r *Reader) skip() error {
	at := r.offset
	var length int64
	for {
		r.fill(chainLength * MaxPacketLength)
		if r.err != nil && r.err != io.EOF {
			return r.err
		}
		b := r.window()
		from := 0
		if length == 0 {
			from = 1 // the first byte starts no packet: that is why this was called
		}
		// Where more bytes can come, a place is judged only when its whole chain is in the window.
		judged := len(b)
		if r.err == nil {
			judged = len(b) - chainLength*MaxPacketLength
		}
		for i := from; i <= judged && i < len(b); i++ {
			if chain(b[i:]) {
				r.drop(i)
				return &JunkError{Offset: at, Length: length + int64(i)}
			}
		}
		if r.err == io.EOF {
			rest := length + int64(len(b))
			if length == 0 {
				if cut := truncated(b, at); cut != nil {
					r.drop(len(b))
					return cut
				}
			}
			r.drop(len(b))
			return &JunkError{Offset: at, Length: rest}
		}
		done := max(judged, 1)
		r.drop(done)
		length += int64(done)
	}
}

// truncated reports the packet that starts at b and goes on behind the end of the file; nil where no packet starts there.
func truncated(b []byte, at int64) error {
	have := len(b)
	switch {
	case have < HeaderLength && have > 0 && b[0]>>5 == 0 && !allZero(b[:have]):
		return &TruncatedError{Offset: at, Have: have}
	case have >= HeaderLength && plausible(b):
		return &TruncatedError{Offset: at, Have: have, Want: ParseHeader(b).Length()}
	}
	return nil
}

// plausible reports whether b may start with a packet's header. Six zero bytes would be a continuation of
// APID 0 with one byte of data; in files they are padding.
func plausible(b []byte) bool {
	return b[0]>>5 == 0 && !allZero(b[:HeaderLength])
}

// chain reports whether chainLength telemetry packets follow one another from the start of b, or packets
// reach exactly to its end. A packet without a secondary header, or of APID 0, may be one, but two bytes of
// anything look like its header too often to start from.
func chain(b []byte) bool {
	for range chainLength {
		if len(b) < HeaderLength || !plausible(b) {
			return false
		}
		h := ParseHeader(b)
		if h.Telecommand || !h.SecondaryHeader || h.APID == 0 || h.Length() > len(b) {
			return false
		}
		if b = b[h.Length():]; len(b) == 0 {
			return true
		}
	}
	return true
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

func (r *Reader) window() []byte { return r.buf[r.start:r.end] }

func (r *Reader) drop(n int) {
	r.start += n
	r.offset += int64(n)
}

// fill reads until n bytes are in the window, or no more come.
func (r *Reader) fill(n int) {
	if r.end-r.start >= n || r.err != nil {
		return
	}
	if r.start > 0 {
		copy(r.buf, r.window())
		r.start, r.end = 0, r.end-r.start
	}
	for r.end < len(r.buf) && r.end-r.start < n && r.err == nil {
		m, err := r.r.Read(r.buf[r.end:])
		r.end += m
		r.err = err
	}
}
