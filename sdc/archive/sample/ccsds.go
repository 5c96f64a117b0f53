package sample

import (
	"encoding/binary"

	"imapsh/naming"
)

// Fields of the CCSDS space packet's primary header (CCSDS 133.0-B-2, 4.1.3).
const (
	secondaryHeaderFlag = 1 << 11 // after version 0 and type 0 (telemetry)
	unsegmented         = 3 << 14 // sequence flags
	sequenceCounts      = 1 << 14
	missionTimeSize     = 4 // the secondary header of IMAP: MET in seconds
)

// packetsOf makes the raw packets of a day: a stream of CCSDS packets in the order
// of their mission times, from each of the instrument's APIDs in turn. Payloads
// are noise; each APID has a length of its own.
func packetsOf(p naming.Product, n noise) []byte {
	apids := apidsOf(p.Instrument)
	if len(apids) == 0 {
		return nil
	}
	const minSize, spread = 8_000, 44_000
	size := minSize + n.below(spread)

	payload := make([]int, len(apids)) // bytes
	sequence := make([]int, len(apids))
	turn := 0 // bytes of a packet of each
	for i := range apids {
		payload[i] = 16 + 2*n.below(60)
		sequence[i] = n.below(sequenceCounts)
		turn += packetSize(payload[i])
	}
	turns := size/turn + 1

	start := missionSeconds(startOf(p.StartDate))
	total := turns * len(apids)
	stream := make([]byte, 0, turns*turn)
	for k := range total {
		i := k % len(apids)
		met := start + uint32(k*secondsPerDay/total)
		stream = binary.BigEndian.AppendUint16(stream, secondaryHeaderFlag|apids[i])
		stream = binary.BigEndian.AppendUint16(stream, uint16(unsegmented|sequence[i]))
		stream = binary.BigEndian.AppendUint16(stream, uint16(missionTimeSize+payload[i]-1))
		stream = binary.BigEndian.AppendUint32(stream, met)
		stream = n.appendBytes(stream, payload[i])
		sequence[i] = (sequence[i] + 1) % sequenceCounts
	}
	return stream
}

// packetSize is the length of a packet with a payload, in bytes.
func packetSize(payload int) int {
	const primaryHeaderSize = 6
	return primaryHeaderSize + missionTimeSize + payload
}

// apidsOf lists the application process identifiers of an instrument, those that
// the SDC asks webpoda for.
func apidsOf(instrument naming.Instrument) []uint16 {
	switch instrument {
	case "codice":
		return joined(span{1136, 1136}, span{1152, 1153}, span{1155, 1162}, span{1168, 1174})
	case "glows":
		return joined(span{1480, 1481})
	case "hi":
		return []uint16{740, 754, 769, 770, 772, 804, 818, 833, 834, 836}
	case "hit":
		return joined(span{1251, 1253})
	case "idex":
		return []uint16{1418, 1419, 1424}
	case "lo":
		return []uint16{673, 676, 677, 705, 706, 707, 708}
	case "mag":
		return []uint16{1052, 1068}
	case "swapi":
		return []uint16{1184, 1188}
	case "swe":
		return []uint16{1330, 1334, 1344}
	case "ultra":
		return joined(span{865, 877}, span{880, 889}, span{896, 901},
			span{929, 941}, span{944, 953}, span{960, 965})
	}
	return nil
}

// span is a run of APIDs, the last included.
type span struct{ first, last uint16 }

func joined(spans ...span) []uint16 {
	var apids []uint16
	for _, s := range spans {
		for apid := s.first; apid <= s.last; apid++ {
			apids = append(apids, apid)
		}
	}
	return apids
}
