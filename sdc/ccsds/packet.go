package ccsds

import (
	"encoding/binary"
	"fmt"
)

// HeaderLength is the length of a primary header in bytes.
const HeaderLength = 6

// MaxPacketLength is the length of the longest packet in bytes: the header and 65,536 bytes of data.
const MaxPacketLength = HeaderLength + 1<<16

// IdleAPID is the APID of packets that only fill a frame (CCSDS 133.0-B-2, 4.1.3.3.4).
const IdleAPID = 2047

// Grouping is the sequence flags of a packet: which part of a group it is.
type Grouping uint8

// The sequence flags, as the two bits of the header have them.
const (
	Continuation Grouping = iota
	First
	Last
	Unsegmented
)

func (g Grouping) String() string {
	return [...]string{"continuation", "first", "last", "unsegmented"}[g&3]
}

// Header is the primary header of a packet.
type Header struct {
	Version         uint8 // packet version number, 3 bits; 0 in space packets
	Telecommand     bool  // packet type: telemetry or telecommand
	SecondaryHeader bool  // a secondary header follows the primary one
	APID            uint16
	Grouping        Grouping
	Sequence        uint16 // sequence count, 14 bits; each APID counts its own
	DataLength      int    // length of what follows the primary header in bytes, 1 to 65,536
}

// ParseHeader reads the primary header at the start of b, which holds at least [HeaderLength] bytes.
func ParseHeader(b []byte) Header {
	id, seq := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	return Header{
		Version:         uint8(id >> 13),
		Telecommand:     id&(1<<12) != 0,
		SecondaryHeader: id&(1<<11) != 0,
		APID:            id & 0x7ff,
		Grouping:        Grouping(seq >> 14),
		Sequence:        seq & 0x3fff,
		DataLength:      int(binary.BigEndian.Uint16(b[4:])) + 1,
	}
}

// Length is the length of the whole packet in bytes, header included.
func (h Header) Length() int { return HeaderLength + h.DataLength }

// Packet is one space packet of a file.
type Packet struct {
	Header
	Offset int64  // where the packet starts in its file, in bytes
	Bytes  []byte // the whole packet, header included
}

// MET is the mission elapsed time in the secondary header of IMAP's packets: the 32-bit count of SI
// seconds since MET 0, big-endian, that follows the primary header. ok is false where the packet
// has no secondary header or is too short for one.
func (p Packet) MET() (met MET, ok bool) {
	if !p.SecondaryHeader || len(p.Bytes) < HeaderLength+4 {
		return 0, false
	}
	return MET(binary.BigEndian.Uint32(p.Bytes[HeaderLength:])), true
}

func (p Packet) String() string {
	return fmt.Sprintf("packet of APID %d, sequence count %d, %d bytes at offset %d", p.APID, p.Sequence, len(p.Bytes), p.Offset)
}
