package bindings

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/sdc"
	"imapsh/sdc/ccsds"
	"imapsh/sdc/ccsds/xtce"
)

// packetReport is a survey of packets in JavaScript.
type packetReport struct {
	*ccsds.Survey
	files []sdc.File
}

var packetReportFields = []api.Prop{
	{Name: "packets", Doc: "number of packets"},
	{Name: "bytes", Doc: "bytes of the files"},
	{Name: "apids", Doc: "of each APID its packets, bytes, first and last time, missing packets, gaps, duplicates"},
	{Name: "junk", Doc: "places whose bytes are no packet: file, offset, length"},
	{Name: "truncated", Doc: "last packets that are cut: file, offset, have, want"},
}

// Names lists the properties.
func (packetReport) Names() []string {
	names := make([]string, len(packetReportFields))
	for i, p := range packetReportFields {
		names[i] = p.Name
	}
	return names
}

// Get is a property.
func (r packetReport) Get(name string) (any, bool) {
	switch name {
	case "packets":
		return r.Packets, true
	case "bytes":
		return r.Bytes, true
	case "apids":
		list := make([]any, len(r.Streams))
		for i, t := range r.Streams {
			list[i] = streamObject(t)
		}
		return list, true
	case "junk":
		list := make([]any, len(r.Junk))
		for i, j := range r.Junk {
			list[i] = []api.Property{{Name: "file", Value: j.File}, {Name: "offset", Value: j.Offset}, {Name: "length", Value: j.Length}}
		}
		return list, true
	case "truncated":
		list := make([]any, len(r.Truncated))
		for i, c := range r.Truncated {
			list[i] = []api.Property{{Name: "file", Value: c.File}, {Name: "offset", Value: c.Offset}, {Name: "have", Value: c.Have}, {Name: "want", Value: c.Want}}
		}
		return list, true
	}
	return nil, false
}

func streamObject(t *ccsds.Stream) []api.Property {
	gaps := make([]any, len(t.Gaps))
	for i, g := range t.Gaps {
		gaps[i] = []api.Property{
			{Name: "after", Value: int(g.After)}, {Name: "next", Value: int(g.Next)}, {Name: "missing", Value: g.Missing},
			{Name: "from", Value: utcOf(g.From)}, {Name: "to", Value: utcOf(g.To)}, {Name: "file", Value: g.File}, {Name: "offset", Value: g.Offset},
		}
	}
	return []api.Property{
		{Name: "apid", Value: int(t.APID)}, {Name: "packets", Value: t.Packets}, {Name: "bytes", Value: t.Bytes},
		{Name: "first", Value: utcOf(t.First)}, {Name: "last", Value: utcOf(t.Last)},
		{Name: "missing", Value: t.Missing}, {Name: "gaps", Value: gaps},
		{Name: "duplicates", Value: t.Duplicates}, {Name: "backwards", Value: t.Backwards},
	}
}

// utcOf is a time in UTC, null where there is none.
func utcOf(m *ccsds.MET) any {
	if m == nil {
		return nil
	}
	return m.UTC()
}

type packetsInput struct {
	Files files `arg:"files" complete:"path" doc:"a level 0 file (.pkts): its path, name, record or path object; or a list of them, in order"`
}

// packets declares the function of that name.
func (h Host) packets() *api.Func {
	return api.Define("packets", "Reports on the CCSDS packets of level 0 files, APID by APID; gives a PacketReport.",
		func(ctx context.Context, in packetsInput) (packetReport, error) {
			s := ccsds.NewSurvey()
			err := h.eachPacketFile(ctx, in.Files.list, func(name string, f *os.File) error { return s.Add(ctx, name, f) })
			return packetReport{s, in.Files.list}, err
		},
		api.Example("packets('imap_mag_l0_raw_20260101_v001.0001.pkts')"),
		api.Example("packets('imap_mag_l0_raw_20260101_v001.0001.pkts').apids.map(a => a.apid)"),
	)
}

func (h Host) eachPacketFile(ctx context.Context, list []sdc.File, do func(name string, f *os.File) error) error {
	for _, file := range list {
		f, path, err := h.openFile(ctx, file)
		if err != nil {
			return err
		}
		err = do(filepath.Base(path), f)
		_ = f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
	}
	return nil
}

type decodeInput struct {
	XTCE string `arg:"xtce" complete:"path" doc:"file of a definition in XTCE"`
	APID []int  `name:"apid" doc:"only these APIDs"`
	Raw  bool   `name:"raw" doc:"values as the packets have them, not calibrated"`
}

func (h Host) packetReportClass() *api.Class {
	return api.NewClass("PacketReport", "What the packets of level 0 files are; packets gives it.",
		api.Describe[packetReport](packetReportFields...),
		api.Brief(func(r packetReport) string { return fmt.Sprintf("PacketReport of %d packets", r.Packets) }),
		api.Inspected(func(r packetReport) string {
			var b strings.Builder
			_ = present.Packets(&b, r.Survey, "table", false) // a strings.Builder takes everything
			return strings.TrimSuffix(b.String(), "\n")
		}),
		api.Method("decode", "Decodes the packets by a definition in XTCE; gives an array of {apid, sequence, utc, container, fields}.", func(ctx context.Context, r packetReport, in decodeInput) ([]any, error) {
			return h.decode(ctx, r.files, in)
		}),
		api.Shown[packetReport]("packets('imap_mag_l0_raw_20260101_v001.0001.pkts').packets"),
	)
}

// decode gives the packets that a definition describes. A packet that it describes and cannot decode is an error: a
// list without it would look whole.
func (h Host) decode(ctx context.Context, list []sdc.File, in decodeInput) ([]any, error) {
	text, err := h.Sandbox.ReadFile(in.XTCE)
	if err != nil {
		return nil, err
	}
	def, err := xtce.Parse(strings.NewReader(string(text)))
	if err != nil {
		return nil, fmt.Errorf("decode: %s: %w", in.XTCE, err)
	}
	decoder := def.NewDecoder()
	out := []any{}
	err = h.eachPacketFile(ctx, list, func(_ string, f *os.File) error {
		var fault error
		err := ccsds.Each(ctx, f, func(p ccsds.Packet) error {
			if len(in.APID) > 0 && !slices.Contains(in.APID, int(p.APID)) {
				return nil
			}
			record, err := decoder.Decode(p.Bytes)
			var unknown *xtce.UnknownError
			if errors.As(err, &unknown) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("%s: %w", p, err)
			}
			out = append(out, packetObject(p, record, in.Raw))
			return nil
		}, func(e error) { fault = e })
		if err == nil {
			err = fault
		}
		return err
	})
	return out, err
}

func packetObject(p ccsds.Packet, r xtce.Record, raw bool) []api.Property {
	fields := make([]api.Property, 0, len(r.Fields))
	for _, f := range r.Data() {
		v := f.Value
		if raw {
			v = f.Raw
		}
		fields = append(fields, api.Property{Name: f.Name, Value: packetValue(v)})
	}
	var utc any
	if met, ok := p.MET(); ok {
		utc = met.UTC()
	}
	return []api.Property{
		{Name: "apid", Value: int(p.APID)}, {Name: "sequence", Value: int(p.Sequence)}, {Name: "utc", Value: utc},
		{Name: "container", Value: r.Container}, {Name: "fields", Value: fields},
	}
}

// packetValue is a field's value in JavaScript: integers that a number cannot hold are BigInt, binary fields hexadecimal.
func packetValue(v xtce.Value) any {
	switch x := v.Any().(type) {
	case uint64:
		if x > 1<<53 {
			return new(big.Int).SetUint64(x)
		}
		return int64(x)
	case int64:
		if x > 1<<53 || x < -1<<53 {
			return big.NewInt(x)
		}
		return x
	case []byte:
		return v.String()
	default:
		return x
	}
}
