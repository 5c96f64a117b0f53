package sdc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"imapsh/sdc/internal/transport"
)

// An answer with more bytes or more rows than these is not read to its end. The
// service itself cannot send more than 6 MB.
const (
	maxAnswer = 64 << 20
	maxRows   = 1_000_000
)

var errOversize = fmt.Errorf("it is longer than %d MB, or has more than %d rows", maxAnswer>>20, maxRows)

// readRecords reads a JSON list of rows as it comes, holding no more of the
// answer than its rows. Field names are shared by rows and repeated values
// stored once: an answer may have 100,000 rows of a dozen fields.
func readRecords(body io.Reader) (Records, error) {
	d := newDecoder(body)
	if err := d.expect('[', "a list"); err != nil {
		return nil, err
	}
	records := Records{}
	for d.json.PeekKind() != ']' {
		record, err := d.record()
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(records)+1, err)
		}
		if records = append(records, record); len(records) > maxRows {
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

// An answer with more than this is none of the archive's, whose rows have two
// dozen fields, the longest the intervals that a kernel covers.
const (
	maxFields = 256     // in a row
	maxValue  = 1 << 20 // bytes of JSON
	maxNested = 8 << 20 // bytes of JSON in all lists and objects: more than the service sends in all
)

var errLongValue = fmt.Errorf("the server sent a value that is longer than %d MB", maxValue>>20)

type decoder struct {
	json   *jsontext.Decoder
	names  []string            // of the row before
	shapes map[string][]string // names of all rows so far, by key
	key    []byte              // the names of a row, a comma after each
	seen   map[string]any      // values met before, by their JSON text
	nested int                 // bytes of lists and objects so far
}

func newDecoder(body io.Reader) *decoder {
	d := &decoder{shapes: map[string][]string{}, seen: map[string]any{}}
	d.json = jsontext.NewDecoder(&valueReader{body: body, decoder: d})
	return d
}

// valueReader ends an answer in which a value does not end: its reader asks for
// more when what it holds is not yet the value that it is at.
type valueReader struct {
	body    io.Reader
	decoder *decoder
	read    int64
}

func (v *valueReader) Read(p []byte) (int, error) {
	if v.read-v.decoder.json.InputOffset() > maxValue {
		return 0, errLongValue
	}
	n, err := v.body.Read(p)
	v.read += int64(n)
	return n, err
}

func (d *decoder) expect(kind jsontext.Kind, what string) error {
	if got := d.json.PeekKind(); got != kind && got != 0 {
		return fmt.Errorf("the server sent %s where %s was expected", got, what)
	}
	_, err := d.json.ReadToken()
	return cutShort(err)
}

// read reads a value, or a field's name.
func (d *decoder) read() (jsontext.Value, error) {
	text, err := d.json.ReadValue()
	switch {
	case err != nil:
		return nil, cutShort(err)
	case len(text) > maxValue:
		return nil, errLongValue
	}
	return text, nil
}

// record reads a row. Its names are nearly always those of the row before, whose
// list it then shares; or else those of an earlier one.
func (d *decoder) record() (*Record, error) {
	if err := d.expect('{', "a row"); err != nil {
		return nil, err
	}
	values := make([]any, 0, len(d.names))
	alike := true // with the row before, so far
	for d.json.PeekKind() != '}' {
		name, err := d.read()
		if err != nil {
			return nil, err
		}
		n := len(values)
		if n >= maxFields {
			return nil, fmt.Errorf("the server sent a row with more than %d fields", maxFields)
		}
		if alike && !d.expected(n, name) {
			alike = false
			d.keepNames(n)
		}
		if !alike {
			if err := d.addName(name); err != nil {
				return nil, err
			}
		}
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	if _, err := d.json.ReadToken(); err != nil {
		return nil, cutShort(err)
	}
	if n := len(values); alike && n+1 != len(d.names) { // it ended sooner
		alike = false
		d.keepNames(n)
	}
	if !alike {
		d.names = d.shape()
	}
	return &Record{names: d.names, values: values}, nil
}

// expected reports whether the nth field of the row before had a name, given in JSON.
func (d *decoder) expected(n int, name jsontext.Value) bool {
	return n+1 < len(d.names) && len(name) >= 2 && string(name[1:len(name)-1]) == d.names[n]
}

// keepNames begins the key of a row with the first n names of the row before.
func (d *decoder) keepNames(n int) {
	d.key = d.key[:0]
	for _, name := range d.names[:min(n, len(d.names))] {
		d.key = append(append(d.key, name...), ',')
	}
}

// addName puts the next name into the key of a row.
func (d *decoder) addName(text jsontext.Value) error {
	name, err := unquote(text)
	if err != nil || !plainWord(name) {
		return fmt.Errorf("the server sent a row with the field name \"%s\"", transport.OneLine(name, maxValue)) // cut when no secret can be cut in two
	}
	if name == fieldFilename {
		name = "server_filename"
	}
	d.key = append(append(d.key, name...), ',')
	return nil
}

// shape is the list of names that the key says, one for all rows that have it.
func (d *decoder) shape() []string {
	names, known := d.shapes[string(d.key)]
	if !known {
		key := string(d.key)
		names = strings.Split(key, ",")
		names[len(names)-1] = fieldFilename // what follows the last comma
		d.shapes[key] = names
	}
	return names
}

// value reads one value: nearly always a word, a number or null, and one that
// other rows have too.
func (d *decoder) value() (any, error) {
	text, err := d.read()
	if err != nil {
		return nil, err
	}
	nested := text.Kind() == '[' || text.Kind() == '{'
	if nested {
		if d.nested += len(text); d.nested > maxNested {
			return nil, fmt.Errorf("the server sent more than %d MB of lists and objects within rows", maxNested>>20)
		}
	}
	if known, ok := d.seen[string(text)]; ok {
		return known, nil
	}
	value, err := scalar(text)
	if err == nil && len(d.seen) < 8192 && len(text) < 256 && !nested {
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

// cutShort explains the end of a string that is no end of a list. A connection
// that broke is another matter.
func cutShort(err error) error {
	if err == nil {
		return nil
	}
	var broken *Error
	var wrong *jsontext.SyntacticError
	switch {
	case errors.As(err, &broken):
		return broken
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the answer ends in the middle")
	case errors.Is(err, errLongValue):
		return errLongValue
	case errors.As(err, &wrong) && wrong.Err != nil: // its own text would show a part of what was sent
		return fmt.Errorf("%w after byte %d", wrong.Err, wrong.ByteOffset)
	}
	return err
}
