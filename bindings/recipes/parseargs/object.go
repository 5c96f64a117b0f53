package parseargs

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// Object is an object of JavaScript as data, with its keys in their order. A value is
// nil, a bool, a float64, a string, a []any of these, or an Object.
type Object []Field

// Field is a key of an Object and its value.
type Field struct {
	Name  string
	Value any
}

// FromJSON reads the value that JSON.stringify made of an argument.
func FromJSON(text string) (any, error) {
	in := json.NewDecoder(strings.NewReader(text))
	value, err := decodeJSON(in)
	if err != nil {
		return nil, err
	}
	if _, err := in.Token(); err != io.EOF {
		return nil, &json.SyntaxError{Offset: in.InputOffset()}
	}
	return value, nil
}

func decodeJSON(in *json.Decoder) (any, error) {
	token, err := in.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		items := []any{}
		for in.More() {
			item, err := decodeJSON(in)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
		_, err = in.Token()
		return items, err
	case json.Delim('{'):
		object := Object{}
		for in.More() {
			key, err := in.Token()
			if err != nil {
				return nil, err
			}
			value, err := decodeJSON(in)
			if err != nil {
				return nil, err
			}
			object = append(object, Field{key.(string), value})
		}
		_, err = in.Token()
		return object, err
	}
	return token, nil
}

// shown is a wrong value in an error, as it would be written in the recipe.
func shown(value any) string {
	switch value.(type) {
	case Object:
		return "an object"
	case []any:
		return "an array"
	}
	var out bytes.Buffer
	text := json.NewEncoder(&out)
	text.SetEscapeHTML(false)
	if text.Encode(value) != nil {
		return "a value of another kind"
	}
	return strings.TrimSpace(out.String())
}
