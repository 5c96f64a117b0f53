package spice

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// maxTextKernel bounds how much of a text kernel is read: real ones have at most a few megabytes.
const maxTextKernel = 64 << 20

// Pool is what a text kernel assigns: strings, numbers and dates by variable name.
type Pool struct {
	values map[string][]value
	word   Kind // of the identification word, where there is one
}

// value is one element of a variable.
type value struct {
	number   float64
	text     string
	isNumber bool
	date     Time // of a date: nanoseconds since J2000 on the scale that the kernel means
	isDate   bool
}

// time is the value as nanoseconds since J2000: dates to the nanosecond, numbers of seconds as exact as they are.
func (v value) time() Time {
	if v.isDate {
		return v.date
	}
	return Time(math.Round(v.number * 1e9))
}

// ReadPool reads a text kernel: what stands between \begindata and \begintext (KERNEL required reading).
func ReadPool(r io.Reader) (*Pool, error) {
	p := &Pool{values: map[string][]value{}}
	limited := &io.LimitedReader{R: r, N: maxTextKernel + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(nil, 1<<20)
	var data strings.Builder
	var at []int // line in the file, by line of data
	inData := false
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		switch strings.TrimSpace(line) {
		case `\begindata`:
			inData = true
			continue
		case `\begintext`:
			inData = false
			continue
		}
		if n == 1 && strings.HasPrefix(line, "KPL/") {
			kind, err := kindOf(line[4:])
			if err != nil {
				return nil, err
			}
			p.word = kind
		}
		if inData {
			data.WriteString(line + "\n")
			at = append(at, n)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("the text kernel cannot be read: %w", err)
	}
	if limited.N <= 0 {
		return nil, fmt.Errorf("the text kernel is longer than %d MB", maxTextKernel>>20)
	}
	s := &scanner{text: data.String(), lines: at}
	for {
		if err := p.assignment(s); errors.Is(err, io.EOF) {
			return p, nil
		} else if err != nil {
			return nil, err
		}
	}
}

// assignment reads one NAME = VALUE, NAME = ( VALUES ) or NAME += …
func (p *Pool) assignment(s *scanner) error {
	name, err := s.next()
	if err != nil {
		return err
	}
	op, err := s.next()
	if err != nil || op.text != "=" && op.text != "+=" {
		return s.errorf("after the variable %s must come = or +=", name.text)
	}
	var values []value
	t, err := s.next()
	if errors.Is(err, io.EOF) {
		return s.errorf("%s has no value", name.text)
	}
	if err != nil {
		return err
	}
	if t.text == "(" && !t.quoted {
		for {
			if t, err = s.next(); errors.Is(err, io.EOF) {
				return s.errorf("the list of %s has no )", name.text)
			}
			if err != nil {
				return err
			}
			if t.text == ")" && !t.quoted {
				break
			}
			v, err := t.value()
			if err != nil {
				return s.errorf("%s: %w", name.text, err)
			}
			values = append(values, v)
		}
	} else {
		v, err := t.value()
		if err != nil {
			return s.errorf("%s: %w", name.text, err)
		}
		values = []value{v}
	}
	if op.text == "+=" {
		values = append(p.values[name.text], values...)
	}
	p.values[name.text] = values
	return nil
}

// Numbers is the value of a variable whose elements are numbers or dates; dates are seconds since 2000-01-01T12:00:00.
func (p *Pool) Numbers(name string) ([]float64, error) {
	values, ok := p.values[name]
	if !ok {
		return nil, fmt.Errorf("the kernel does not assign %s", name)
	}
	numbers := make([]float64, len(values))
	for i, v := range values {
		if !v.isNumber {
			return nil, fmt.Errorf("element %d of %s is %q, not a number", i+1, name, v.text)
		}
		numbers[i] = v.number
	}
	return numbers, nil
}

// number is the value of a variable that has one element.
func (p *Pool) number(name string) (float64, error) {
	n, err := p.Numbers(name)
	if err != nil {
		return 0, err
	}
	if len(n) != 1 {
		return 0, fmt.Errorf("%s has %d elements, not one", name, len(n))
	}
	return n[0], nil
}

// Strings is the value of a variable whose elements are strings; ok is false where the kernel does not assign it.
func (p *Pool) Strings(name string) (texts []string, ok bool) {
	values, ok := p.values[name]
	for _, v := range values {
		texts = append(texts, v.text)
	}
	return texts, ok
}

func (p *Pool) kind() (Kind, error) {
	if p.word != unknown {
		return p.word, nil
	}
	for name := range p.values {
		switch {
		case strings.HasPrefix(name, "DELTET/"):
			return LSK, nil
		case strings.HasPrefix(name, "SCLK"):
			return SCLK, nil
		case name == "KERNELS_TO_LOAD":
			return MK, nil
		case strings.HasPrefix(name, "FRAME_"), strings.HasPrefix(name, "TKFRAME_"):
			return FK, nil
		case strings.HasPrefix(name, "INS"):
			return IK, nil
		case strings.HasPrefix(name, "BODY"):
			return PCK, nil
		}
	}
	return unknown, errors.New("the text kernel assigns nothing that tells its kind")
}

// token is a name, an operator, a bracket or a value.
type token struct {
	text   string
	quoted bool
}

type scanner struct {
	text  string
	at    int
	lines []int // line in the file, by line of text
}

func (s *scanner) errorf(format string, args ...any) error {
	line := 0
	if n := strings.Count(s.text[:s.at], "\n"); n < len(s.lines) {
		line = s.lines[n]
	} else if len(s.lines) > 0 {
		line = s.lines[len(s.lines)-1]
	}
	return fmt.Errorf("text kernel, line %d: %w", line, fmt.Errorf(format, args...))
}

func (s *scanner) next() (token, error) {
	for s.at < len(s.text) && strings.ContainsRune(" \t\n,\v\f", rune(s.text[s.at])) {
		s.at++
	}
	if s.at == len(s.text) {
		return token{}, io.EOF
	}
	rest := s.text[s.at:]
	switch c := rest[0]; {
	case c == '\'':
		return s.quoted()
	case c == '(' || c == ')' || c == '=':
		s.at++
		return token{text: rest[:1]}, nil
	case strings.HasPrefix(rest, "+="):
		s.at += 2
		return token{text: "+="}, nil
	}
	end := strings.IndexAny(rest, " \t\n,()='\v\f")
	if end < 0 {
		end = len(rest)
	}
	if strings.HasPrefix(rest[end:], "=") && rest[end-1] == '+' && end > 1 {
		end-- // NAME+=
	}
	s.at += end
	return token{text: rest[:end]}, nil
}

// quoted reads a string in single quotes, in which two of them stand for one.
func (s *scanner) quoted() (token, error) {
	var b strings.Builder
	for i := s.at + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\n':
			return token{}, s.errorf("a string has no closing quote")
		case c != '\'':
			b.WriteByte(c)
		case i+1 < len(s.text) && s.text[i+1] == '\'':
			b.WriteByte(c)
			i++
		default:
			s.at = i + 1
			return token{text: b.String(), quoted: true}, nil
		}
	}
	return token{}, s.errorf("a string has no closing quote")
}

func (t token) value() (value, error) {
	if t.quoted {
		return value{text: t.text}, nil
	}
	if date, ok := strings.CutPrefix(t.text, "@"); ok {
		at, err := parseDate(date)
		return value{text: t.text, number: float64(at) / 1e9, isNumber: true, date: at, isDate: true}, err
	}
	n, err := strconv.ParseFloat(strings.NewReplacer("D", "E", "d", "e").Replace(t.text), 64)
	if err != nil {
		return value{}, fmt.Errorf("%q is neither a number, a date nor a string in quotes", t.text)
	}
	return value{text: t.text, number: n, isNumber: true}, nil
}

// j2000 is 2000-01-01T12:00:00 on a calendar without leap seconds.
var j2000 = time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)

// dateForms are the forms of dates that kernels have: 1972-JAN-1, 01-JAN-2010-00:01:06.184, 2009-07-09T12:20:32.
var dateForms = []string{
	"2006-Jan-2", "2006-Jan-2-15:04:05", "2006-Jan-2/15:04:05", "2-Jan-2006", "2-Jan-2006-15:04:05", "2-Jan-2006/15:04:05",
	"2006-01-02", "2006-01-02T15:04:05", "2006-01-02-15:04:05", "2006-01-02/15:04:05", "2006-002", "2006-002T15:04:05", "2006-Jan-2T15:04:05",
}

func parseDate(s string) (Time, error) {
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil {
			return Time(t.Sub(j2000)), nil
		}
	}
	return 0, fmt.Errorf("the date @%s is in none of the forms 1972-JAN-1, 01-JAN-2010-00:01:06.184, 2009-07-09T12:20:32", s)
}
