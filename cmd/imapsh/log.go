package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"imapsh/runtime/termtext"
)

// messages is a log handler for people: a warning is a line of the program's own, such
// as its errors are. What -v and --debug ask for stays a record with times and fields.
type messages struct {
	slog.Handler // for records below a warning
	w            io.Writer
	attrs        []slog.Attr
}

func newMessages(w io.Writer, level slog.Level) slog.Handler {
	return &messages{Handler: slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}), w: w}
}

// Handle writes a record: a warning with its attributes in brackets behind it.
func (m *messages) Handle(ctx context.Context, record slog.Record) error {
	if record.Level < slog.LevelWarn {
		return m.Handler.Handle(ctx, record)
	}
	var details []string
	add := func(a slog.Attr) bool {
		details = append(details, fmt.Sprintf("%s: %v", a.Key, a.Value))
		return true
	}
	for _, a := range m.attrs {
		add(a)
	}
	record.Attrs(add)
	text := "imapsh: warning: " + record.Message
	if len(details) > 0 {
		text += " (" + strings.Join(details, ", ") + ")"
	}
	_, err := fmt.Fprintln(m.w, termtext.EscapeLine(text))
	return err
}

// WithAttrs keeps attributes for the records to come.
func (m *messages) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &messages{m.Handler.WithAttrs(attrs), m.w, append(m.attrs[:len(m.attrs):len(m.attrs)], attrs...)}
}

// WithGroup groups the records below a warning; a warning's names need no group.
func (m *messages) WithGroup(name string) slog.Handler {
	return &messages{m.Handler.WithGroup(name), m.w, m.attrs}
}
