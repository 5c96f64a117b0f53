package editor

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
)

// plainReader is the editor for a dumb terminal, or none: the system edits the lines.
type plainReader struct {
	config Config
	source *source

	reading sync.Mutex // held by Read, guards what follows
	in      []byte
	err     error
}

func newPlain(c Config) *plainReader {
	return &plainReader{config: c, source: newSource(c.Stdin)}
}

// Read implements [Editor]. ^C comes as a signal here, and the system has then forgotten the
// line: only whole lines are returned as dropped.
func (p *plainReader) Read(prompt, continuation string) (string, error) {
	p.reading.Lock()
	defer p.reading.Unlock()
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt)
	defer signal.Stop(interrupt)

	var lines []string
	for {
		p.print(prompt)
		line, err := p.line(interrupt)
		lines = append(lines, line)
		text := strings.Join(lines, "\n")
		switch {
		case errors.Is(err, ErrInterrupt):
			p.print("\n")
			return text, err
		case err != nil && strings.TrimSpace(text) == "":
			p.print("\n")
			return "", err
		case err == nil && p.config.Incomplete(text):
			prompt = continuation
			continue
		}
		text = p.config.Unprompt(text)
		_, _ = p.config.History.Add(text)
		return text, nil
	}
}

// line returns the next line without its newline; at the end of the input it returns what is
// left, with io.EOF.
func (p *plainReader) line(interrupt <-chan os.Signal) (string, error) {
	for {
		if line, rest, found := bytes.Cut(p.in, []byte("\n")); found {
			p.in = rest
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		if p.err != nil {
			line, err := string(p.in), p.err
			p.in = nil
			return line, err
		}
		data, err := p.source.read(nil, interrupt)
		if errors.Is(err, ErrInterrupt) {
			line := string(p.in)
			p.in = nil
			return line, err
		}
		p.in, p.err = append(p.in, data...), err
	}
}

func (p *plainReader) print(text string) { _, _ = io.WriteString(p.config.Stdout, text) }

// Close implements [Editor].
func (p *plainReader) Close() error {
	p.source.close()
	return nil
}
