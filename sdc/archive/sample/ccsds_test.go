package sample

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"imapsh/naming"
)

// realArchive holds files that the mission's own software made.
const realArchive = "../../../../shared/data/archive"

// realFiles lists the real files with an extension; without them the test is skipped.
func realFiles(t *testing.T, extension string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(realArchive, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, extension) {
			found = append(found, path)
		}
		return err
	})
	if err != nil || len(found) == 0 {
		t.Skipf("the real %s files are not beside this checkout: %v", extension, err)
	}
	return found
}

// packet is one CCSDS packet as a receiver sees it.
type packet struct {
	apid, sequence int
	segmentation   int
	met            uint32
}

// readPackets divides a stream into packets that fill it whole.
func readPackets(stream []byte) ([]packet, error) {
	var packets []packet
	for at := 0; at < len(stream); {
		if len(stream)-at < 10 {
			return nil, fmt.Errorf("offset %d: %d bytes are left, too few for a header", at, len(stream)-at)
		}
		identification := binary.BigEndian.Uint16(stream[at:])
		control := binary.BigEndian.Uint16(stream[at+2:])
		size := 7 + int(binary.BigEndian.Uint16(stream[at+4:]))
		if version, kind := identification>>13, identification>>12&1; version != 0 || kind != 0 {
			return nil, fmt.Errorf("offset %d: version %d, type %d", at, version, kind)
		}
		if identification>>11&1 != 1 {
			return nil, fmt.Errorf("offset %d: no secondary header", at)
		}
		if at+size > len(stream) {
			return nil, fmt.Errorf("offset %d: a packet of %d bytes, of which %d are there", at, size, len(stream)-at)
		}
		packets = append(packets, packet{
			apid:         int(identification & 0x7FF),
			sequence:     int(control & 0x3FFF),
			segmentation: int(control >> 14),
			met:          binary.BigEndian.Uint32(stream[at+6:]),
		})
		at += size
	}
	return packets, nil
}

func TestRealPacketsAreRead(t *testing.T) {
	for _, path := range realFiles(t, ".pkts") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			stream, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			packets, err := readPackets(stream)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range packets {
				if p.segmentation != 3 {
					t.Errorf("APID %d: sequence flags %d", p.apid, p.segmentation)
				}
			}
		})
	}
}

func TestPacketsOfADay(t *testing.T) {
	zero := time.Date(2010, time.January, 1, 0, 0, 0, 0, time.UTC)
	for _, f := range Files() {
		if !strings.HasSuffix(f.Path, ".pkts") {
			continue
		}
		name, err := naming.ParseScience(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		stream := f.Bytes()
		if len(stream) < 5_000 || len(stream) > 60_000 {
			t.Errorf("%s has %d bytes", f.Path, len(stream))
		}
		packets, err := readPackets(stream)
		if err != nil {
			t.Errorf("%s: %v", f.Path, err)
			continue
		}

		count := map[int]int{}
		sequence := map[int]int{}
		day := startOf(name.StartDate)
		last := day
		for _, p := range packets {
			if p.segmentation != 3 {
				t.Fatalf("%s: sequence flags %d", f.Path, p.segmentation)
			}
			if count[p.apid] > 0 && p.sequence != (sequence[p.apid]+1)%16384 {
				t.Fatalf("%s: APID %d: sequence count %d after %d", f.Path, p.apid, p.sequence, sequence[p.apid])
			}
			sequence[p.apid] = p.sequence
			count[p.apid]++
			// Three leap seconds between 2010 and 2026.
			at := zero.Add(time.Duration(p.met-3) * time.Second)
			if at.Before(last) || !at.Before(day.AddDate(0, 0, 1)) {
				t.Fatalf("%s: a packet of %s after one of %s", f.Path, at, last)
			}
			last = at
		}

		apids := apidsOf(name.Instrument)
		for apid := range count {
			if !slices.Contains(apids, uint16(apid)) {
				t.Errorf("%s: APID %d is not one of %s", f.Path, apid, name.Instrument)
			}
		}
		if len(count) != len(apids) || len(packets)%len(apids) != 0 {
			t.Errorf("%s: %d packets of %d APIDs, want as many of each of %d", f.Path, len(packets), len(count), len(apids))
		}
	}
}
