package syntax

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// Tree is the syntax tree of a recipe that is read and not run.
type Tree struct {
	Body   []ast.Statement
	parsed *parsed
}

// ParseRecipe parses the text of a recipe: its top level may use await and return. The
// error is a *Error in terms of src.
func ParseRecipe(src string) (*Tree, error) {
	if len(src) > 1 && src[:2] == "#!" {
		src = "//" + src[2:]
	}
	p, err := scan(src).check(bodyHead, bodyTail)
	if err != nil {
		return nil, err
	}
	return &Tree{p.body(), p}, nil
}

// Offset is the byte of the text that an index of the tree stands for.
func (t *Tree) Offset(at file.Idx) int { return t.parsed.at(at) }

// Walk visits the nodes of the tree, the inside of functions too, each before those
// under it, until visit gives false for one: then what is under that one is left out.
func (t *Tree) Walk(visit func(node any) bool) { walkAll(reflect.ValueOf(t.Body), visit) }

func walkAll(v reflect.Value, visit func(any) bool) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			walkAll(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkAll(v.Index(i), visit)
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Type().Elem().Kind() == reflect.Struct && v.Type().Elem() != reflect.TypeFor[file.File]() && visit(v.Interface()) {
			walkAll(v.Elem(), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "DeclarationList" { // which holds again what the body does
				walkAll(v.Field(i), visit)
			}
		}
	}
}

// Place is the line and the column, both from 1, the column in characters, of a byte.
func Place(text string, offset int) (line, column int) { return newLines(text).place(offset) }

// Line is a line of a string, from 1, without its end.
func Line(text string, line int) string {
	l := newLines(text)
	if line < 1 || line > len(l.starts) {
		return ""
	}
	end := len(text)
	if line < len(l.starts) {
		end = l.starts[line]
	}
	for end > l.starts[line-1] && (text[end-1] == '\n' || text[end-1] == '\r') {
		end--
	}
	return text[l.starts[line-1]:end]
}
