package parseargs

import (
	"strings"
	"time"

	"imapsh/runtime/api"
)

// ArgumentError is an argument that a recipe does not take. It wraps a
// *api.UsageError: JavaScript sees a UsageError.
type ArgumentError struct{ err error }

// Error names the option, what is allowed, and the nearest word.
func (e *ArgumentError) Error() string { return e.err.Error() }

// Unwrap is the usage error.
func (e *ArgumentError) Unwrap() error { return e.err }

// Result is what arguments say.
type Result struct {
	Values      []Field // of the options that are given or have a default, as declared; then others
	Positionals []string
}

// Parse reads arguments; relative dates count from now. The error is an *ArgumentError.
func (c *Config) Parse(args []string, now time.Time) (Result, error) {
	p := parser{config: c, now: now, values: map[string]any{}, result: Result{Positionals: []string{}}}
	if err := p.all(args); err != nil {
		return Result{}, &ArgumentError{err}
	}
	for _, o := range c.Options {
		value, given := p.values[o.Name]
		if !given {
			if o.Required {
				return Result{}, &ArgumentError{api.Usagef("%s is missing%s", o.Flag(), behind(": ", o.Description))}
			}
			if o.Default == nil {
				continue
			}
			value = o.defaultValue(now)
		}
		p.result.Values = append(p.result.Values, Field{o.Name, value})
	}
	p.result.Values = append(p.result.Values, p.others...)
	return p.result, nil
}

// defaultValue is the default on a day. It was read once already.
func (o Option) defaultValue(now time.Time) any {
	one := func(item any) any {
		if text, ok := item.(string); ok {
			item, _ = o.read(text, now)
		}
		return item
	}
	items, list := o.Default.([]any)
	if !list {
		return one(o.Default)
	}
	values := make([]any, len(items))
	for i, item := range items {
		values[i] = one(item)
	}
	return values
}

// behind is a string with what divides it from what stands before; empty if it is.
func behind(divider, text string) string {
	if text == "" {
		return ""
	}
	return divider + text
}

// parser reads one command line.
type parser struct {
	config *Config
	now    time.Time
	values map[string]any
	others []Field // options that are not declared, where strict is false
	result Result
}

func (p *parser) all(args []string) error {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		var err error
		switch {
		case arg == "--":
			for _, rest := range args {
				if err = p.positional(rest); err != nil {
					return err
				}
			}
			return nil
		case strings.HasPrefix(arg, "--"):
			args, err = p.long(arg, args)
		case len(arg) > 1 && arg[0] == '-' && !p.isNumber(arg):
			args, err = p.short(arg, args)
		default:
			err = p.positional(arg)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isNumber reports whether an argument such as -7d is no option: none has that digit.
func (p *parser) isNumber(arg string) bool {
	_, declared := p.config.FindShort(arg[1:2])
	return arg[1] >= '0' && arg[1] <= '9' && !declared
}

func (p *parser) positional(arg string) error {
	if !p.config.AllowPositionals {
		return faulty(arg, "unexpected argument %q: the recipe takes %s", arg, p.config.takes())
	}
	p.result.Positionals = append(p.result.Positionals, arg)
	return nil
}

// takes says which options there are.
func (c *Config) takes() string {
	if len(c.Options) == 0 {
		return "no arguments"
	}
	return "options only: " + strings.Join(c.flags(), ", ")
}

func (c *Config) flags() []string {
	names := make([]string, len(c.Options))
	for i, o := range c.Options {
		names[i] = o.Flag()
	}
	return names
}

// long reads --name, --name=value and --name value.
func (p *parser) long(arg string, rest []string) ([]string, error) {
	name, value, attached := strings.Cut(arg[2:], "=")
	o, ok := p.config.Find(name)
	if !ok && p.config.AllowNegative {
		if positive, negated := strings.CutPrefix(name, "no-"); negated {
			if o, ok = p.config.Find(positive); ok && o.Type == Boolean {
				if attached {
					return nil, faulty(arg, "--%s takes no value", name)
				}
				return rest, p.set(o, false)
			}
		}
	}
	switch {
	case !ok:
		return rest, p.undeclared("--"+name, name, value, attached)
	case o.Type == Boolean && attached:
		return nil, faulty(arg, "%s takes no value: give it, or leave it out", o.Flag())
	case o.Type == Boolean:
		return rest, p.set(o, true)
	case attached:
		return rest, p.read(o, o.Flag(), value)
	}
	return p.next(o, o.Flag(), rest)
}

// short reads -i, -i value, -ivalue, and several letters of booleans in one.
func (p *parser) short(arg string, rest []string) ([]string, error) {
	for letters := arg[1:]; letters != ""; letters = letters[1:] {
		letter := letters[:1]
		o, ok := p.config.FindShort(letter)
		switch {
		case !ok && len(arg) > 2 && p.config.Strict:
			if near, found := p.config.Find(arg[1:]); found {
				return nil, faulty(arg, "unknown option %q; did you mean %q?", arg, near.Flag())
			}
			return nil, faulty(arg, "unknown option \"-%s\" in %q; the options are %s", letter, arg, strings.Join(p.config.flags(), ", "))
		case !ok:
			if err := p.undeclared("-"+letter, letter, "", false); err != nil {
				return nil, err
			}
		case o.Type == Boolean:
			if err := p.set(o, true); err != nil {
				return nil, err
			}
		case letters[1:] != "":
			return rest, p.read(o, "-"+letter, strings.TrimPrefix(letters[1:], "="))
		default:
			return p.next(o, "-"+letter, rest)
		}
	}
	return rest, nil
}

// next takes the following argument as an option's value.
func (p *parser) next(o Option, flag string, rest []string) ([]string, error) {
	if len(rest) == 0 {
		return nil, faulty(flag, "%s: its value is missing: %s", flag, o.wants())
	}
	value := rest[0]
	if len(value) > 1 && value[0] == '-' {
		if _, err := o.read(value, p.now); !o.Type.negative() || err != nil {
			return nil, faulty(flag, "%s: its value is missing before %q: %s; a value that begins with - is given as %s=%s", flag, value, o.wants(), o.Flag(), value)
		}
	}
	return rest[1:], p.read(o, flag, value)
}

// wants says what an option takes.
func (o Option) wants() string {
	if words := o.Words(); words != nil {
		return "one of " + strings.Join(words, ", ")
	}
	switch o.Type {
	case Date:
		return "a day, such as 2026-01-05 or -7d"
	case Integer:
		return "an integer"
	case File:
		return "the path of a file"
	}
	return "a " + string(o.Type)
}

func (p *parser) read(o Option, flag, text string) error {
	value, err := o.read(text, p.now)
	if err != nil {
		return within(flag+" ", err)
	}
	return p.set(o, value)
}

func (p *parser) set(o Option, value any) error {
	if o.Multiple {
		list, _ := p.values[o.Name].([]any)
		value = append(list, value)
	}
	p.values[o.Name] = value
	return nil
}

// undeclared is an option that the recipe does not name.
func (p *parser) undeclared(flag, name, value string, attached bool) error {
	if p.config.Strict {
		known := p.config.flags()
		if len(known) == 0 {
			return faulty(flag, "unknown option %q: the recipe takes no options", flag)
		}
		return faulty(flag, "unknown option %q%s", flag, api.SuggestFrom("options", flag, known))
	}
	field := Field{name, true}
	if attached {
		field.Value = value
	}
	for i, other := range p.others {
		if other.Name == name {
			p.others[i] = field
			return nil
		}
	}
	p.others = append(p.others, field)
	return nil
}
