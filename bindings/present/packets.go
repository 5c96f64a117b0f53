package present

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"imapsh/sdc/ccsds"
	"imapsh/sdc/ccsds/xtce"
)

// PacketFields are the columns of a survey of packets.
var PacketFields = []string{"apid", "packets", "bytes", "first", "last", "missing", "gaps", "duplicates", "backwards", "grouping"}

// Packets writes a survey of packets as a table, csv or json; gaps: its gaps in place of its APIDs.
func Packets(w io.Writer, s *ccsds.Survey, format string, gaps bool) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	rows := [][]string{PacketFields}
	for _, t := range s.Streams {
		rows = append(rows, streamRow(t))
	}
	if gaps {
		rows = gapRows(s)
	}
	if format == "csv" {
		return csv.NewWriter(w).WriteAll(rows)
	}
	if gaps && len(rows) == 1 {
		rows = nil
	}
	_, err := io.WriteString(w, Lines(rows)+SurveyRemarks(s, gaps))
	return err
}

func streamRow(t *ccsds.Stream) []string {
	g := t.Grouping
	grouping := "unsegmented"
	if g.Unsegmented != t.Packets {
		grouping = fmt.Sprintf("%d first, %d continuation, %d last, %d unsegmented", g.First, g.Continuation, g.Last, g.Unsegmented)
	}
	return []string{
		strconv.Itoa(int(t.APID)), strconv.Itoa(t.Packets), strconv.FormatInt(t.Bytes, 10), utcOf(t.First), utcOf(t.Last),
		strconv.Itoa(t.Missing), strconv.Itoa(len(t.Gaps)), strconv.Itoa(t.Duplicates), strconv.Itoa(t.Backwards), grouping,
	}
}

func utcOf(m *ccsds.MET) string {
	if m == nil {
		return ""
	}
	return m.UTC()
}

func gapRows(s *ccsds.Survey) [][]string {
	rows := [][]string{{"apid", "missing", "after", "next", "from", "to", "file", "offset"}}
	for _, t := range s.Streams {
		for _, g := range t.Gaps {
			rows = append(rows, []string{
				strconv.Itoa(int(g.APID)), strconv.Itoa(g.Missing), strconv.Itoa(int(g.After)), strconv.Itoa(int(g.Next)),
				utcOf(g.From), utcOf(g.To), g.File, strconv.FormatInt(g.Offset, 10),
			})
		}
	}
	return rows
}

// SurveyRemarks says in lines what is wrong with the files of a survey beyond its table; with gaps also that there are none.
func SurveyRemarks(s *ccsds.Survey, gaps bool) string {
	text := ""
	for _, j := range s.Junk {
		text += fmt.Sprintf("%s: %d bytes at offset %d are no packet\n", j.File, j.Length, j.Offset)
	}
	for _, c := range s.Truncated {
		if c.Want == 0 {
			text += fmt.Sprintf("%s: the last packet, at offset %d, is cut inside its header\n", c.File, c.Offset)
		} else {
			text += fmt.Sprintf("%s: the last packet, at offset %d, is cut: %d of %d bytes are there\n", c.File, c.Offset, c.Have, c.Want)
		}
	}
	if !gaps {
		return text
	}
	missing, duplicates, backwards := 0, 0, 0
	for _, t := range s.Streams {
		missing, duplicates, backwards = missing+t.Missing, duplicates+t.Duplicates, backwards+t.Backwards
	}
	return text + fmt.Sprintf("%s; missing %d, duplicates %d, times that go back %d\n", Counted(s.Packets, "packet"), missing, duplicates, backwards)
}

// DecodedPackets writes decoded packets in a format: table, csv, json or jsonl. A table and CSV have a
// header for each run of packets of one container.
type DecodedPackets struct {
	w         *bufio.Writer
	format    string
	raw       bool
	container string
	rows      [][]string // of the container so far
	count     int
}

// NewDecodedPackets returns a writer of decoded packets; raw: values as the packets have them, not calibrated.
func NewDecodedPackets(w io.Writer, format string, raw bool) *DecodedPackets {
	return &DecodedPackets{w: bufio.NewWriter(w), format: format, raw: raw}
}

// Count is how many packets were written.
func (d *DecodedPackets) Count() int { return d.count }

func (d *DecodedPackets) value(f xtce.Field) xtce.Value {
	if d.raw {
		return f.Raw
	}
	return f.Value
}

// Write adds a packet.
func (d *DecodedPackets) Write(p ccsds.Packet, r xtce.Record) error {
	fields := r.Data() // the columns before them say the primary header
	utc := ""
	if met, ok := p.MET(); ok {
		utc = met.UTC()
	}
	d.count++
	if d.format == "json" || d.format == "jsonl" {
		return d.object(p, r.Container, utc, fields)
	}
	if r.Container != d.container {
		if err := d.flush(); err != nil {
			return err
		}
		d.container = r.Container
		header := []string{"apid", "sequence", "utc"}
		for _, f := range fields {
			header = append(header, f.Name)
		}
		d.rows = append(d.rows, header)
	}
	row := []string{strconv.Itoa(int(p.APID)), strconv.Itoa(int(p.Sequence)), utc}
	for _, f := range fields {
		row = append(row, d.value(f).String())
	}
	d.rows = append(d.rows, row)
	if d.format == "csv" && len(d.rows) >= 1000 {
		return d.flush()
	}
	return nil
}

// object writes a packet as JSON, its fields in the packet's order.
func (d *DecodedPackets) object(p ccsds.Packet, container, utc string, fields []xtce.Field) error {
	if d.format == "json" {
		before := ",\n"
		if d.count == 1 {
			before = "[\n"
		}
		d.w.WriteString(before)
	}
	name, err := json.Marshal(container)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.w, `{"apid":%d,"sequence":%d,"utc":"%s","container":%s,"fields":{`, p.APID, p.Sequence, utc, name)
	for i, f := range fields {
		if i > 0 {
			d.w.WriteByte(',')
		}
		key, err := json.Marshal(f.Name)
		if err != nil {
			return err
		}
		value, err := json.Marshal(d.value(f))
		if err != nil {
			return err
		}
		d.w.Write(key)
		d.w.WriteByte(':')
		d.w.Write(value)
	}
	d.w.WriteString("}}")
	if d.format == "jsonl" {
		d.w.WriteByte('\n')
	}
	return nil
}

// flush writes the rows of a container.
func (d *DecodedPackets) flush() error {
	if len(d.rows) == 0 {
		return nil
	}
	rows := d.rows
	d.rows = nil
	if d.format == "csv" {
		return csv.NewWriter(d.w).WriteAll(rows)
	}
	_, err := fmt.Fprintf(d.w, "%s\n%s", d.container, Lines(rows))
	return err
}

// Close writes what is left.
func (d *DecodedPackets) Close() error {
	switch {
	case d.format == "json" && d.count == 0:
		d.w.WriteString("[]\n")
	case d.format == "json":
		d.w.WriteString("\n]\n")
	default:
		if err := d.flush(); err != nil {
			return err
		}
	}
	return d.w.Flush()
}
