package archive

import (
	"bytes"
	"encoding/json"
	"time"

	"imapsh/naming"
)

// entry is what the catalog stores of a file.
type entry struct {
	path     string
	ingested time.Time
	released bool
}

// instantLayout is how an ingestion date stands in a row, in UTC.
const instantLayout = "20060102 15:04:05"

// record is a row of a table.
type record interface {
	// values are those of the table's columns, in their order.
	values() []any
}

// productRow is a row of the science or the quicklook table.
type productRow struct {
	FilePath      string            `json:"file_path"`
	Instrument    naming.Instrument `json:"instrument"`
	DataLevel     naming.DataLevel  `json:"data_level"`
	Descriptor    string            `json:"descriptor"`
	StartDate     string            `json:"start_date"`
	Repointing    *int              `json:"repointing"`
	MajorVersion  *int              `json:"major_version"`
	MinorVersion  int               `json:"minor_version"`
	IngestionDate string            `json:"ingestion_date"`
	CR            *int              `json:"cr"`
	CRID          *int              `json:"crid"`
	Released      bool              `json:"released"`
	Extension     string            `json:"extension"`
	Version       string            `json:"version"`
}

func (r productRow) values() []any {
	return []any{
		r.FilePath, string(r.Instrument), string(r.DataLevel), r.Descriptor, r.StartDate, number(r.Repointing),
		number(r.MajorVersion), r.MinorVersion, r.IngestionDate, number(r.CR), number(r.CRID), r.Released, r.Extension,
	}
}

// ancillaryRow is a row of the ancillary table.
type ancillaryRow struct {
	FilePath      string            `json:"file_path"`
	Instrument    naming.Instrument `json:"instrument"`
	Descriptor    string            `json:"descriptor"`
	StartDate     string            `json:"start_date"`
	EndDate       *string           `json:"end_date"`
	Version       string            `json:"version"`
	Extension     string            `json:"extension"`
	IngestionDate string            `json:"ingestion_date"`
	Released      bool              `json:"released"`
}

func (r ancillaryRow) values() []any {
	var end any
	if r.EndDate != nil {
		end = *r.EndDate
	}
	return []any{
		r.FilePath, string(r.Instrument), r.Descriptor, r.StartDate, end,
		r.Version, r.Extension, r.IngestionDate, r.Released,
	}
}

// spiceRow is a row of the table of SPICE files.
type spiceRow struct {
	FilePath      string            `json:"file_path"`
	KernelType    naming.KernelType `json:"kernel_type"`
	IngestionDate string            `json:"ingestion_date"`
	Released      bool              `json:"released"`
}

func (r spiceRow) values() []any {
	return []any{r.FilePath, string(r.KernelType), r.IngestionDate, r.Released}
}

// number is an integer for the database, or NULL.
func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

// listing is the table that a file with this name belongs to, and its row
// there. It is false for a class of names that no table lists.
func (e entry) listing(name naming.FilePath) (table, record, bool) {
	switch name := name.(type) {
	case naming.ScienceFilePath:
		row := e.product(name.Product)
		if row.MajorVersion == nil { // as the real archive catalogues an old vNNN name
			first := 1
			row.MajorVersion = &first
		}
		return science, row, true
	case naming.QuicklookFilePath:
		return quicklook, e.product(name.Product), true
	case naming.AncillaryFilePath:
		row := ancillaryRow{
			FilePath:      e.path,
			Instrument:    name.Instrument,
			Descriptor:    name.Descriptor,
			StartDate:     name.StartDate,
			Version:       name.Version.String(),
			Extension:     name.Extension,
			IngestionDate: e.ingested.UTC().Format(instantLayout),
			Released:      e.released,
		}
		if name.EndDate != "" {
			row.EndDate = &name.EndDate
		}
		return ancillary, row, true
	case naming.SPICEFilePath:
		return spiceFiles, spiceRow{e.path, name.Type, e.ingested.UTC().Format(instantLayout), e.released}, true
	}
	return table{}, nil, false
}

func (e entry) product(p naming.Product) productRow {
	row := productRow{
		FilePath:      e.path,
		Instrument:    p.Instrument,
		DataLevel:     p.DataLevel,
		Descriptor:    p.Descriptor,
		StartDate:     p.StartDate,
		Repointing:    p.Repointing,
		MinorVersion:  p.Version.Minor,
		IngestionDate: e.ingested.UTC().Format(instantLayout),
		CR:            p.CR,
		Released:      e.released,
		Extension:     p.Extension,
		Version:       p.Version.String(),
	}
	if p.Version.Major != naming.NoMajor {
		row.MajorVersion = &p.Version.Major
	}
	return row
}

// rowText is a row as it stands in an answer.
func rowText(r record) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r); err != nil {
		return "", err
	}
	return string(bytes.TrimRight(b.Bytes(), "\n")), nil
}
