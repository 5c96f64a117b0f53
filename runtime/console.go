package runtime

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// buildConsole makes console: its functions print as print does, those for
// trouble on the other stream, and fill the places that a first text has for values.
func (s *Session) buildConsole() {
	console := s.vm.NewObject()
	writer := func(doc string, w io.Writer, names ...string) {
		for _, name := range names {
			s.hide(console, name, s.bind(writes(name, doc, s.filled, w)))
		}
	}
	writer("Prints values as print does; %s, %d, %i, %f, %o and %j of a first text are the values behind it.", s.options.Stdout, "log", "info", "debug")
	writer("Prints values as console.log does, on the stream for messages.", s.options.Stderr, "error", "warn")
	s.hide(s.vm.GlobalObject(), "console", console)
}

// filled is the text of values, of which the first may be a string with places for
// those behind it, as in node: console.log('%s of %d', name, n).
func (s *Session) filled(args []goja.Value) string {
	if len(args) < 2 || !goja.IsString(args[0]) {
		return s.joined(args)
	}
	var out strings.Builder
	rest, args := args[0].String(), args[1:]
	for {
		at := strings.IndexByte(rest, '%')
		if at < 0 || at == len(rest)-1 {
			out.WriteString(rest)
			break
		}
		out.WriteString(rest[:at])
		sign := rest[at+1]
		switch {
		case sign == '%':
			out.WriteByte('%')
			rest = rest[at+2:]
		case len(args) > 0 && strings.IndexByte("sdifoOj", sign) >= 0:
			out.WriteString(s.placed(sign, args[0]))
			args, rest = args[1:], rest[at+2:]
		default:
			out.WriteByte('%')
			rest = rest[at+1:]
		}
	}
	if len(args) > 0 {
		out.WriteString(" " + s.joined(args))
	}
	return out.String()
}

// placed is a value in the place that a sign holds for it.
func (s *Session) placed(sign byte, value goja.Value) string {
	switch sign {
	case 's':
		return s.Text(value)
	case 'j':
		var line bytes.Buffer
		_ = json.Compact(&line, []byte(s.stringify(value)))
		return line.String()
	case 'o', 'O':
		return s.Format(value)
	}
	n := math.NaN()
	switch value.(type) {
	case *goja.Symbol, *goja.Object: // whose own code would run
	default:
		if whole, ok := value.Export().(*big.Int); ok {
			return whole.String()
		}
		n = value.ToFloat()
	}
	if sign == 'i' {
		n = math.Trunc(n)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
