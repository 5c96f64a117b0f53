package sdc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode"
)

// readRecords reads a JSON list of rows as it comes, holding no more of the
// answer than its rows. Field names are shared by rows and repeated values
// stored once: an answer may have 100,000 rows of a dozen fields.
func readRecords(body io.Reader) (Records, error) {
	d := decoder{json: json.NewDecoder(body), seen: map[string]any{}}
	d.json.UseNumber()
	if err := d.open('[', "a list"); err != nil {
		return nil, err
	}
	records := Records{}
	for d.json.More() {
		record, err := d.record()
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(records)+1, err)
		}
		records = append(records, record)
	}
	if _, err := d.json.Token(); err != nil {
		return nil, cutShort(err)
	}
	if d.json.More() {
		return nil, errors.New("text follows the list")
	}
	return records, nil
}

type decoder struct {
	json  *json.Decoder
	names []string       // of the row before
	seen  map[string]any // values met before
}

func (d *decoder) open(delim json.Delim, what string) error {
	token, err := d.json.Token()
	if err != nil {
		return cutShort(err)
	}
	if token != delim {
		return fmt.Errorf("the server sent %v where %s was expected", token, what)
	}
	return nil
}

func (d *decoder) record() (*Record, error) {
	if err := d.open('{', "a row"); err != nil {
		return nil, err
	}
	record := &Record{names: d.names, values: make([]any, 0, len(d.names))}
	for d.json.More() {
		token, err := d.json.Token()
		if err != nil {
			return nil, cutShort(err)
		}
		name, _ := token.(string)
		if name == fieldFilename {
			name = "server_filename"
		}
		i := len(record.values)
		if i+1 >= len(record.names) || record.names[i] != name { // a row unlike the one before
			if !plainWord(name) || slices.Contains(record.names[:min(i, len(record.names))], name) {
				return nil, fmt.Errorf("the server sent a row with the field name %q", oneLine(name, 100))
			}
			record.names = append(slices.Clone(record.names[:min(i, len(record.names))]), name, fieldFilename)
		}
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		record.values = append(record.values, value)
	}
	if _, err := d.json.Token(); err != nil {
		return nil, cutShort(err)
	}
	if n := len(record.values); n+1 != len(record.names) {
		record.names = append(slices.Clone(record.names[:min(n, len(record.names))]), fieldFilename)
	}
	d.names = record.names
	return record, nil
}

// value reads one value: nearly always a word, a number or null.
func (d *decoder) value() (any, error) {
	token, err := d.json.Token()
	if err != nil {
		return nil, cutShort(err)
	}
	switch t := token.(type) {
	case string:
		return d.once(t, t), nil
	case json.Number:
		if n, err := t.Int64(); err == nil {
			return d.once("#"+string(t), n), nil
		}
		f, err := t.Float64()
		return f, err
	case json.Delim:
		if t == '[' {
			return d.list()
		}
		return d.object()
	}
	return token, nil
}

// once gives the value met before under the same text, as long as there are few.
func (d *decoder) once(text string, value any) any {
	if known, ok := d.seen[text]; ok {
		return known
	}
	if len(d.seen) < 8192 {
		d.seen[text] = value
	}
	return value
}

func (d *decoder) list() (any, error) {
	list := []any{}
	for d.json.More() {
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	_, err := d.json.Token()
	return list, cutShort(err)
}

func (d *decoder) object() (any, error) {
	object := map[string]any{}
	for d.json.More() {
		name, err := d.json.Token()
		if err != nil {
			return nil, cutShort(err)
		}
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		object[name.(string)] = value
	}
	_, err := d.json.Token()
	return object, cutShort(err)
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

func cutShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the answer ends in the middle")
	}
	return err
}
