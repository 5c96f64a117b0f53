package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Alias is a type of TypeScript that declarations name.
type Alias struct {
	Name, Doc string
	Type      string // of TypeScript: string | FileRecord
}

// Returns is the type of TypeScript that a function gives, where that of Go does not say
// it: a union, or the generic type of a callback. Where it begins with a bracket it is a
// whole signature without the name, and one of several.
func Returns(types ...string) FuncDetail {
	return func(f *Func) { f.returns = types }
}

// Typed gives types of TypeScript to fields and getters of a class by name. Without one a
// field is a string, and a getter anything.
func Typed[T any](types map[string]string) ClassDetail[T] {
	return func(c *Class) {
		if c.types == nil {
			c.types = map[string]string{}
		}
		maps.Copy(c.types, types)
	}
}

// TypeScript is the text of a .d.ts file that declares all that the API offers, for
// editors and compilers. Its comments say what help does.
func (a *API) TypeScript() string {
	d := declarations{api: a, named: map[string]string{}}
	for _, f := range a.Funcs {
		d.function(f)
	}
	for _, c := range a.Classes {
		d.class(c)
	}
	for _, o := range a.Objects {
		d.object(o)
	}
	for _, remark := range a.Remarks {
		if t := a.RemarkTypes[remark.Name]; t != "" {
			d.comment("", remark.Doc)
			d.line("", "declare const %s: %s;", remark.Name, t)
			d.line("", "")
		}
	}
	for _, e := range a.Errors {
		d.errorClass(e)
	}
	body := d.out.String()
	d.out.Reset()
	d.aliases()
	return d.out.String() + body
}

// declarations writes TypeScript.
type declarations struct {
	api   *API
	out   strings.Builder
	named map[string]string // types of words that have a name: Instrument, and their unions
}

func (d *declarations) line(indent, format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if line != "" {
		line = indent + line
	}
	d.out.WriteString(line + "\n")
}

// comment writes a comment for editors; lines are those of a block of its own.
func (d *declarations) comment(indent string, lines ...string) {
	lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, "*/", "*\\/")
	}
	switch len(lines) {
	case 0:
	case 1:
		d.line(indent, "/** %s */", lines[0])
	default:
		d.line(indent, "/**")
		for _, line := range lines {
			d.line(indent, " * %s", line)
		}
		d.line(indent, " */")
	}
}

// spellings lets options and fields be written in either way: data_level, dataLevel.
const spellings = `/** The other spelling of a name: dataLevel of data_level. */
type Camel<S extends string> = S extends ` + "`${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}`" + ` : S;
/** Options or fields under both spellings of their names. */
type Spellings<T> = T & {[K in keyof T as Camel<K & string>]: T[K]};
/** One value or a list of them. */
type OneOrMore<T> = T | T[];
`

func (d *declarations) aliases() {
	d.out.WriteString(spellings)
	for _, alias := range d.api.Aliases {
		d.comment("", alias.Doc)
		d.line("", "type %s = %s;", alias.Name, alias.Type)
	}
	for _, name := range slices.Sorted(maps.Keys(d.named)) {
		d.line("", "type %s = %s;", name, d.named[name])
	}
	d.line("", "")
}

func (d *declarations) function(f *Func) {
	options := ""
	if len(f.Options) > 0 {
		options = upperFirst(f.Name) + "Options"
		d.options(options, f)
	}
	d.signatures("", "declare function "+f.Name, f, options)
	d.line("", "")
}

// options declares the options of a function as an interface.
func (d *declarations) options(name string, f *Func) {
	d.line("", "interface %s {", name)
	for _, p := range f.Options {
		d.comment("  ", optionDoc(p))
		d.line("  ", "%s?: %s | null;", p.Name, d.paramType(p))
	}
	d.line("", "}")
}

// optionDoc is what help says of an option, in one line.
func optionDoc(p Param) string {
	if len(p.Values) == 0 && len(p.Forms) > 0 {
		return p.Doc + ": " + strings.Join(slices.Concat(p.Forms, p.Words), ", ")
	}
	return p.Doc
}

// signatures declares a function, a method or a constructor, once or in each of its forms.
func (d *declarations) signatures(indent, head string, f *Func, options string) {
	lines := []string{f.Doc}
	for _, p := range f.Params {
		if p.Doc != "" {
			lines = append(lines, "@param "+paramName(p)+" "+p.Doc)
		}
	}
	for _, example := range f.Examples {
		lines = append(lines, "@example "+example)
	}
	d.comment(indent, lines...)
	var params []string
	for _, p := range f.Params {
		name, kind := paramName(p), d.paramType(p)
		switch {
		case p.Variadic:
			name, kind = "..."+name, d.elementType(p)+"[]"
		case p.Optional:
			name += "?"
		}
		params = append(params, name+": "+kind)
	}
	if options != "" {
		params = append(params, "options?: Spellings<"+options+">")
	}
	plain := "(" + strings.Join(params, ", ") + ")"
	for _, result := range d.results(f) {
		signature := plain + ": " + result
		switch {
		case head == "constructor":
			signature = plain
		case strings.HasPrefix(result, "(") || strings.HasPrefix(result, "<"):
			signature = strings.ReplaceAll(result, "OPTIONS", "options?: Spellings<"+options+">")
		}
		d.line(indent, "%s%s;", head, signature)
	}
}

// paramName is the name of a parameter; function is a word of the language.
func paramName(p Param) string {
	if p.Name == "function" {
		return "run"
	}
	return p.Name
}

func (d *declarations) class(c *Class) {
	fields := ""
	if len(c.Props)+len(c.Others) > 0 {
		fields = c.Name + "Fields"
		d.line("", "interface %s {", fields)
		for _, p := range c.Props {
			d.comment("  ", p.Doc)
			d.line("  ", "readonly %s: %s;", p.Name, cmp.Or(c.types[p.Name], "string"))
		}
		for _, name := range c.Others {
			d.line("  ", "readonly %s?: %s;", name, cmp.Or(c.types[name], "any"))
		}
		d.line("", "}")
		d.line("", "interface %s extends Spellings<%s> {}", c.Name, fields)
	}
	for _, f := range slices.Concat(c.Methods, c.Statics) {
		if len(f.Options) > 0 && !d.sharesOptions(f) {
			d.options(d.optionsOf(c, f), f)
		}
	}
	item := ""
	head := "declare class " + c.Name
	switch {
	case c.List:
		item = cmp.Or(d.className(c.Item), "any")
		head += " extends Array<" + item + ">"
	case c.Parent != "":
		head += " extends " + c.Parent
	}
	lines := []string{c.Doc}
	for _, example := range c.Examples {
		lines = append(lines, "@example "+example)
	}
	d.comment("", lines...)
	d.line("", "%s {", head)
	switch {
	case c.New != nil:
		d.signatures("  ", "constructor", c.New, "")
	case c.List || c.Parent == "" && len(c.Props) > 0:
		d.line("  ", "private constructor();")
	}
	for _, g := range c.Getters {
		d.comment("  ", g.Doc)
		d.line("  ", "readonly %s: %s;", g.Name, cmp.Or(c.types[g.Name], "any"))
	}
	for _, f := range c.Methods {
		d.signatures("  ", f.Name, f, d.optionsOf(c, f))
	}
	for _, f := range c.Statics {
		d.signatures("  ", "static "+f.Name, f, d.optionsOf(c, f))
	}
	if c.List {
		d.listMethods(c.Name, item)
	}
	d.line("", "}")
	d.line("", "")
}

// listMethods declares the methods of arrays that give a list of the same class.
func (d *declarations) listMethods(list, item string) {
	d.line("  ", "filter<S extends %s>(test: (item: %s, index: number, list: %s[]) => item is S): S[];", item, item, item)
	d.line("  ", "filter(test: (item: %s, index: number, list: %s[]) => unknown, thisArg?: any): %s;", item, item, list)
	d.line("  ", "slice(start?: number, end?: number): %s;", list)
	d.line("  ", "concat(...lists: (%s | ConcatArray<%s>)[]): %s;", item, item, list)
}

// optionsOf is the name of the interface that declares a method's options: of a function
// of the API that takes the same ones, or the method's own.
func (d *declarations) optionsOf(c *Class, f *Func) string {
	switch {
	case len(f.Options) == 0:
		return ""
	case d.sharesOptions(f):
		return upperFirst(f.Name) + "Options"
	}
	return c.Name + upperFirst(f.Name) + "Options"
}

// sharesOptions reports whether a function of the API of the same name takes the options
// of a method.
func (d *declarations) sharesOptions(f *Func) bool {
	same := d.api.Func(f.Name)
	return same != nil && slices.EqualFunc(same.Options, f.Options, func(a, b Param) bool { return a.Name == b.Name })
}

func (d *declarations) object(o *Object) {
	d.comment("", o.Doc)
	d.line("", "declare const %s: {", o.Name)
	for _, p := range o.Props {
		modifier := ""
		if p.Set == nil {
			modifier = "readonly "
		}
		d.comment("  ", p.Doc)
		d.line("  ", "%s%s: string | null;", modifier, p.Name)
	}
	d.line("", "};")
	d.line("", "")
}

func (d *declarations) errorClass(e ErrorClass) {
	d.comment("", e.Doc)
	d.line("", "declare class %s extends %s {", e.Name, cmp.Or(e.Parent, "Error"))
	for _, p := range e.Props {
		d.comment("  ", p.Doc)
		d.line("  ", "readonly %s: any;", p.Name)
	}
	if e.Parent == "" {
		d.comment("  ", "what to do next, where there is something")
		d.line("  ", "readonly hint?: string;")
	}
	d.line("", "}")
	d.line("", "")
}

func upperFirst(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
