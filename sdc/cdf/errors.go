package cdf

import "fmt"

// FormatError reports what is wrong in a CDF, and where.
type FormatError struct {
	// Offset is where the record begins, in bytes from the start of the file. In a CDF
	// that is compressed as a whole it counts in the decompressed file.
	Offset int64
	// Record is the record's abbreviation in NASA's format description: "CDR", "VXR".
	Record string
	// Detail says what is wrong.
	Detail string
}

// Error gives the record, its offset and what is wrong.
func (e *FormatError) Error() string {
	return fmt.Sprintf("damaged CDF: %s at offset %d: %s", e.Record, e.Offset, e.Detail)
}

// NotCDFError reports that the bytes are no CDF.
type NotCDFError struct {
	// Looks says what the bytes look like, with an article: "an HDF5 file". It is empty
	// where they resemble nothing known.
	Looks string
	// Detail says what is wrong, where there is more to say.
	Detail string
}

// Error says what the bytes look like.
func (e *NotCDFError) Error() string {
	s := "not a CDF"
	if e.Looks != "" {
		s += ": this is " + e.Looks
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// TextModeError reports a CDF that was ruined by a copy that took it for text. The file
// has to be fetched again.
type TextModeError struct {
	// Detail says by what the copy is known.
	Detail string
}

// Error says that the copy is ruined.
func (e *TextModeError) Error() string {
	return "this CDF was ruined by a copy in text mode (" + e.Detail + "): what was lost does not come back"
}

// UnsupportedError reports a feature of the format that this package does not read.
type UnsupportedError struct {
	// Feature names it: "VAX floating point (encoding VAX)".
	Feature string
}

// Error names the feature.
func (e *UnsupportedError) Error() string { return e.Feature + " is not supported" }

// LimitError reports that values need more memory than Options.MaxBytes allows.
type LimitError struct {
	// What needs the memory: "variable b_dsrf, 172800 records".
	What string
	// Need and Limit are bytes.
	Need, Limit int64
}

// Error says how much is needed and how much is allowed.
func (e *LimitError) Error() string {
	return fmt.Sprintf("%s would take %s of memory; the limit is %s", e.What, megabytes(e.Need), megabytes(e.Limit))
}

// megabytes gives a number of bytes in MB.
func megabytes(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
