package api

import "strings"

// literalCall reads the arguments of a call of a function, where they are literals:
// strings, numbers, true and false as strings, lists as []any, objects as []Property.
func literalCall(name, code string) (args []any, ok bool) {
	rest, ok := strings.CutPrefix(code, name+"(")
	if !ok {
		return nil, false
	}
	p := literals{rest: rest, ok: true}
	args = p.list(')')
	return args, p.ok && p.rest == ""
}

// literals reads literals from the start of a text.
type literals struct {
	rest string
	ok   bool
}

// next takes a byte, if it comes next behind blanks.
func (p *literals) next(b byte) bool {
	p.rest = strings.TrimLeft(p.rest, " ")
	if p.rest == "" || p.rest[0] != b {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// list reads items to the byte that ends them.
func (p *literals) list(end byte) (items []any) {
	for !p.next(end) {
		if len(items) > 0 && !p.next(',') || p.rest == "" {
			p.ok = false
		}
		if !p.ok {
			return nil
		}
		items = append(items, p.value())
	}
	return items
}

func (p *literals) value() any {
	switch {
	case p.next('\''):
		return p.until("'")
	case p.next('"'):
		return p.until(`"`)
	case p.next('['):
		return p.list(']')
	case p.next('{'):
		return p.object()
	}
	return p.word()
}

func (p *literals) object() (properties []Property) {
	for !p.next('}') {
		if len(properties) > 0 && !p.next(',') {
			p.ok = false
		}
		if !p.ok {
			return nil
		}
		name := p.word()
		if !p.next(':') {
			p.ok = false
		}
		properties = append(properties, Property{name, p.value()})
	}
	return properties
}

// word reads a name, a number, true or false.
func (p *literals) word() string {
	p.rest = strings.TrimLeft(p.rest, " ")
	end := strings.IndexFunc(p.rest, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != '.'
	})
	if end <= 0 {
		p.ok = false
		return ""
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	return word
}

// until reads a string to its quote. One with a backslash is not read.
func (p *literals) until(quote string) string {
	text, rest, found := strings.Cut(p.rest, quote)
	if !found || strings.Contains(text, `\`) {
		p.ok = false
	}
	p.rest = rest
	return text
}
