// Package parseargs reads what a recipe declares of its command-line arguments, reads
// arguments by that declaration, and derives help and shell completion from it.
//
// The declaration has the shape of util.parseArgs of Node.js 22 ({options, strict,
// allowPositionals, allowNegative, args}); the types of options that Node lacks, and
// choices, required and description, are added.
package parseargs

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"imapsh/runtime/api"
)

// Config is what a recipe takes on its command line.
type Config struct {
	Options          []Option // in the order of their declaration
	Strict           bool     // options that are not declared are refused
	AllowPositionals bool     // arguments that are no options are taken
	AllowNegative    bool     // --no-NAME sets the boolean option NAME to false
	Args             []string // what is read instead of the session's arguments; nil: those
}

// Option is an option of a recipe.
type Option struct {
	Name        string // as the recipe reads it: data_level
	Type        Type
	Short       string // one letter; empty: none
	Multiple    bool   // it may be given again; its value is an array
	Required    bool
	Default     any // a string, a bool, or a []any of strings; nil: none
	Choices     []string
	Description string
}

// Flag is the option as help writes it: --data-level.
func (o Option) Flag() string { return "--" + dashed(o.Name) }

// dashed is the spelling of a name on the command line.
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }

// Find is the option of a name in either spelling, data_level or data-level.
func (c *Config) Find(name string) (Option, bool) {
	i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Name == name || dashed(o.Name) == dashed(name) })
	if i < 0 {
		return Option{}, false
	}
	return c.Options[i], true
}

// FindShort is the option of a letter.
func (c *Config) FindShort(letter string) (Option, bool) {
	i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Short == letter && letter != "" })
	if i < 0 {
		return Option{}, false
	}
	return c.Options[i], true
}

var (
	configKeys = []string{"options", "allowPositionals", "strict", "allowNegative", "args"}
	optionKeys = []string{"type", "short", "multiple", "default", "description", "choices", "required"}
	optionName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
)

// NewConfig reads the argument of parseArgs. The error is a *api.UsageError that
// names the key which is wrong.
func NewConfig(value any) (*Config, error) {
	c := &Config{Strict: true}
	if value == nil {
		return c, nil
	}
	object, ok := value.(Object)
	if !ok {
		return nil, api.Usagef("parseArgs: %s: must be an object, such as {options: {start: {type: 'date'}}}", shown(value))
	}
	var options Object
	positionals := false
	for _, field := range object {
		var err error
		switch field.Name {
		case "options":
			if options, ok = field.Value.(Object); !ok {
				err = invalid("options", field.Value, "an object of options")
			}
		case "strict":
			c.Strict, err = boolean(field)
		case "allowPositionals":
			c.AllowPositionals, err = boolean(field)
			positionals = true
		case "allowNegative":
			c.AllowNegative, err = boolean(field)
		case "args":
			c.Args, err = texts(field)
		default:
			err = unknown(field.Name, "key", configKeys)
		}
		if err != nil {
			return nil, within("parseArgs: ", err)
		}
	}
	if !positionals {
		c.AllowPositionals = !c.Strict
	}
	for _, field := range options {
		if err := c.add(field); err != nil {
			return nil, within("parseArgs: options."+field.Name+": ", err)
		}
	}
	return c, nil
}

// add reads the declaration of an option.
func (c *Config) add(declared Field) error {
	o := Option{Name: declared.Name}
	keys, ok := declared.Value.(Object)
	switch {
	case !optionName.MatchString(o.Name):
		return faulty(o.Name, "an option's name is made of letters, digits, - and _")
	case !ok:
		return faulty(o.Name, "%s: must be an object, such as {type: 'string'}", shown(declared.Value))
	}
	if other, twice := c.Find(o.Name); twice {
		return faulty(o.Name, "it is the same option as %s on the command line", other.Name)
	}
	var given any
	typed := false
	for _, field := range keys {
		var err error
		switch field.Name {
		case "type":
			o.Type, err = typeOf(field.Value)
			typed = true
		case "short":
			if o.Short, ok = field.Value.(string); !ok || len(o.Short) != 1 || !optionName.MatchString(o.Short) {
				err = invalid("short", field.Value, "one letter or digit")
			} else if other, taken := c.FindShort(o.Short); taken {
				err = faulty("short", "short %q is that of %s already", o.Short, other.Name)
			}
		case "multiple":
			o.Multiple, err = boolean(field)
		case "required":
			o.Required, err = boolean(field)
		case "description":
			if o.Description, ok = field.Value.(string); !ok {
				err = invalid("description", field.Value, "a string")
			}
		case "choices":
			o.Choices, err = choices(field)
		case "default":
			given = field.Value
		default:
			err = unknown(field.Name, "key", optionKeys)
		}
		if err != nil {
			return err
		}
	}
	switch {
	case !typed:
		return faulty(o.Name, "type is missing: one of %s", strings.Join(typeNames(), ", "))
	case o.Choices != nil && o.Type == Boolean:
		return faulty("choices", "a boolean takes no choices")
	case o.Required && given != nil:
		return faulty("required", "an option with a default is never missing: give required or default")
	}
	err := o.setDefault(given)
	c.Options = append(c.Options, o)
	return err
}

// setDefault checks the default as if it had been given, and keeps it as it was written:
// '-7d' is of the day that the recipe runs on.
func (o *Option) setDefault(given any) error {
	if given == nil {
		return nil
	}
	items, list := given.([]any)
	if list != o.Multiple {
		if o.Multiple {
			return invalid("default", given, "an array, since multiple is true")
		}
		return invalid("default", given, "one value, since multiple is not true")
	}
	if !list {
		items = []any{given}
	}
	for i, item := range items {
		switch v := item.(type) {
		case bool:
			if o.Type != Boolean {
				return invalid("default", item, "a value of type "+string(o.Type))
			}
		case string, float64:
			if o.Type == Boolean {
				return invalid("default", item, "true or false")
			}
			text, ok := v.(string)
			if !ok {
				text = number(v.(float64))
			}
			if _, err := o.read(text, time.Now()); err != nil {
				return within("default ", err)
			}
			items[i] = text
		default:
			return invalid("default", item, "a value of type "+string(o.Type))
		}
	}
	o.Default = items[0:len(items):len(items)]
	if !list {
		o.Default = items[0]
	}
	return nil
}

func boolean(field Field) (bool, error) {
	value, ok := field.Value.(bool)
	if !ok {
		return false, invalid(field.Name, field.Value, "true or false")
	}
	return value, nil
}

func texts(field Field) ([]string, error) {
	items, ok := field.Value.([]any)
	list := make([]string, len(items))
	for i := 0; ok && i < len(items); i++ {
		list[i], ok = items[i].(string)
	}
	if !ok {
		return nil, invalid(field.Name, field.Value, "an array of strings")
	}
	return list, nil
}

// choices are strings, or numbers as they are written.
func choices(field Field) ([]string, error) {
	items, ok := field.Value.([]any)
	var list []string
	for _, item := range items {
		switch v := item.(type) {
		case string:
			list = append(list, v)
		case float64:
			list = append(list, number(v))
		default:
			ok = false
		}
	}
	if !ok || len(list) == 0 {
		return nil, invalid("choices", field.Value, "an array of strings or numbers, one or more")
	}
	return list, nil
}

// faulty is an error about a word of the declaration.
func faulty(token, format string, args ...any) error {
	err := api.Usagef(format, args...).(*api.UsageError)
	err.Token = token
	return err
}

func invalid(key string, value any, allowed string) error {
	return faulty(key, "%s: %s: must be %s", key, shown(value), allowed)
}

func unknown(name, kind string, known []string) error {
	return faulty(name, "unknown %s %q%s", kind, name, api.SuggestFrom(kind+"s", name, known))
}

// within puts where an error is before what it says.
func within(where string, err error) error {
	usage := *err.(*api.UsageError)
	usage.Message = where + usage.Message
	return &usage
}
