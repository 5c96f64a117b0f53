package runtime

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// bytesObject is what language.js has of Go: texts as bytes and back.
func (s *Session) bytesObject() *goja.Object {
	object := s.vm.NewObject()
	for name, call := range map[string]func(args []goja.Value) any{
		"encode": func(args []goja.Value) any { return s.vm.NewArrayBuffer([]byte(stringArg(args, 0))) },
		"random": func(args []goja.Value) any { return s.vm.NewArrayBuffer(randomBytes(int(numberArg(args, 0)))) },
		"encodingOf": func(args []goja.Value) any {
			if name := encodingName(stringArg(args, 0)); name != "" {
				return name
			}
			return nil
		},
		"decode": func(args []goja.Value) any {
			buffer, _ := arg(args, 1).Export().(goja.ArrayBuffer)
			if text, ok := decoded(stringArg(args, 0), buffer.Bytes(), arg(args, 2).ToBoolean(), arg(args, 3).ToBoolean()); ok {
				return text
			}
			return nil
		},
		"toBase64": func(args []goja.Value) any {
			var data []byte
			for _, r := range stringArg(args, 0) {
				if r > 0xFF {
					return nil
				}
				data = append(data, byte(r))
			}
			return base64.StdEncoding.EncodeToString(data)
		},
		"fromBase64": func(args []goja.Value) any {
			if text, ok := fromBase64(stringArg(args, 0)); ok {
				return text
			}
			return nil
		},
	} {
		s.hide(object, name, s.native(name, func(_ goja.Value, args []goja.Value) (any, error) { return call(args), nil }))
	}
	return object
}

// encodingName is the encoding of a label: https://encoding.spec.whatwg.org/#names-and-labels
func encodingName(label string) string {
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "utf-8", "utf8", "unicode-1-1-utf-8":
		return "utf-8"
	case "utf-16le", "utf-16", "ucs-2", "unicode":
		return "utf-16le"
	case "utf-16be":
		return "utf-16be"
	case "windows-1252", "latin1", "l1", "ascii", "us-ascii", "iso-8859-1", "iso8859-1", "cp1252":
		return "windows-1252"
	}
	return ""
}

// decoded is the text of bytes; not ok when they are none and fatal is asked for.
func decoded(name string, data []byte, keepBOM, fatal bool) (text string, ok bool) {
	var from encoding.Encoding
	switch name {
	case "utf-16le":
		from = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		from = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case "windows-1252":
		from = charmap.Windows1252
	default:
		from = unicode.UTF8
		if fatal && !utf8.Valid(data) {
			return "", false
		}
	}
	out, err := from.NewDecoder().Bytes(data)
	if err != nil || fatal && name != "utf-8" && strings.ContainsRune(string(out), utf8.RuneError) {
		return "", false
	}
	text = string(out)
	if !keepBOM && name != "windows-1252" {
		text = strings.TrimPrefix(text, "\ufeff")
	}
	return text, true
}

// fromBase64 reads base64 as forgivingly as https://infra.spec.whatwg.org/#forgiving-base64
func fromBase64(text string) (string, bool) {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\f\r", r) {
			return -1
		}
		return r
	}, text)
	if len(text)%4 == 0 {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
	}
	if len(text)%4 == 1 {
		return "", false
	}
	data, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || strings.Contains(text, "\r") {
		return "", false
	}
	characters := make([]rune, len(data))
	for i, b := range data {
		characters[i] = rune(b)
	}
	return string(characters), true
}
