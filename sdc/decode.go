package sdc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
)

// readRecords reads a JSON list of rows as it comes, holding no more of the
// answer than its rows. Field names are shared by rows and repeated values
// stored once: an answer may have 100,000 rows of a dozen fields.
func readRecords(body io.Reader) (Records, error) {
	d := decoder{json: jsontext.NewDecoder(body), seen: map[string]any{}}
	if err := d.expect('[', "a list"); err != nil {
		return nil, err
	}
	records := Records{}
	for d.json.PeekKind() != ']' {
		record, err := d.record()
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(records)+1, err)
		}
		if records = append(records, record); len(records) > mostRows {
			return nil, errOversize
		}
	}
	if _, err := d.json.ReadToken(); err != nil {
		return nil, cutShort(err)
	}
	switch _, err := d.json.ReadToken(); {
	case err == nil:
		return nil, errors.New("text follows the list")
	case !errors.Is(err, io.EOF):
		return nil, cutShort(err)
	}
	return records, nil
}

// mostFields bounds a row: the archive's have two dozen.
const mostFields = 256

type decoder struct {
	json  *jsontext.Decoder
	names []string       // of the row before
	seen  map[string]any // values met before, by their JSON text
}

func (d *decoder) expect(kind jsontext.Kind, what string) error {
	if got := d.json.PeekKind(); got != kind && got != 0 {
		return fmt.Errorf("the server sent %s where %s was expected", got, what)
	}
	_, err := d.json.ReadToken()
	return cutShort(err)
}

func (d *decoder) record() (*Record, error) {
	if err := d.expect('{', "a row"); err != nil {
		return nil, err
	}
	record := &Record{names: d.names, values: make([]any, 0, len(d.names))}
	for d.json.PeekKind() != '}' {
		if err := d.name(record); err != nil {
			return nil, err
		}
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		record.values = append(record.values, value)
	}
	if _, err := d.json.ReadToken(); err != nil {
		return nil, cutShort(err)
	}
	if n := len(record.values); n+1 != len(record.names) {
		record.names = append(slices.Clone(record.names[:min(n, len(record.names))]), fieldFilename)
	}
	d.names = record.names
	return record, nil
}

// name reads the name of the record's next field: nearly always that of the row
// before at the same place, whose list of names it then shares.
func (d *decoder) name(record *Record) error {
	text, err := d.json.ReadValue()
	if err != nil {
		return cutShort(err)
	}
	i := len(record.values)
	if i >= mostFields {
		return fmt.Errorf("the server sent a row with more than %d fields", mostFields)
	}
	if i+1 < len(record.names) && len(text) >= 2 && string(text[1:len(text)-1]) == record.names[i] {
		return nil
	}
	name, err := unquote(text)
	if err != nil || !plainWord(name) {
		return fmt.Errorf("the server sent a row with the field name %q", oneLine(name, 100))
	}
	if name == fieldFilename {
		name = "server_filename"
	}
	record.names = append(slices.Clone(record.names[:min(i, len(record.names))]), name, fieldFilename)
	return nil
}

// value reads one value: nearly always a word, a number or null, and one that
// other rows have too.
func (d *decoder) value() (any, error) {
	text, err := d.json.ReadValue()
	if err != nil {
		return nil, cutShort(err)
	}
	if known, ok := d.seen[string(text)]; ok {
		return known, nil
	}
	value, err := scalar(text)
	if kind := text.Kind(); err == nil && len(d.seen) < 8192 && len(text) < 256 && kind != '[' && kind != '{' {
		d.seen[string(text)] = value
	}
	return value, err
}

func scalar(text jsontext.Value) (any, error) {
	switch text.Kind() {
	case '"':
		return unquote(text)
	case '0':
		if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			return n, nil
		}
	}
	var value any
	err := json.Unmarshal(text, &value)
	return value, err
}

func unquote(text jsontext.Value) (string, error) {
	plain, err := jsontext.AppendUnquote(nil, text)
	return string(plain), err
}

// plainWord keeps a hostile field name out of the screen and the JSON we write.
func plainWord(name string) bool {
	for _, r := range name {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			return false
		}
	}
	return name != ""
}

// cutShort explains the end of a text that is no end of a list. A connection
// that broke is another matter.
func cutShort(err error) error {
	var broken *Error
	if errors.As(err, &broken) {
		return broken
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the answer ends in the middle")
	}
	return err
}
