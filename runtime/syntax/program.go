package syntax

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// The globals that compiled code uses in place of what would end the program. No script
// can write their names.
const (
	EvalName     = "<eval>"     // eval where it is no direct call, as in (0, eval)(text)
	CodeName     = "<code>"     // the text that a direct call of eval is given, checked
	ShiftName    = "<shift>"    // the right side of << and >>, checked
	PowerName    = "<power>"    // a ** b
	ExponentName = "<exponent>" // the right side of **= of a property, checked
)

// Program compiles code of the session. What eval, <<, >> and ** are given is looked at
// first: the engine parses a string by recursion without bounds and asks for all the memory
// of a huge BigInt, and what it does not get ends the program. Places in the code stay as
// they are.
func Program(name, code string) (*goja.Program, error) {
	program, err := parser.ParseFile(nil, name, code, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, err
	}
	harden(program)
	return goja.CompileAST(program, false)
}

// harden changes a program before it is compiled, which already computes what is
// constant. It reports whether there was anything to change.
func harden(program *ast.Program) bool {
	h := hardener{seen: map[any]bool{}}
	h.value(reflect.ValueOf(program.Body))
	return h.changed
}

// unhardened says what of a string that the engine compiles by itself Program would have
// changed; it is empty where there is nothing.
func unhardened(text string) string {
	if !slices.ContainsFunc([]string{"<<", ">>", "**", "eval", `\u`}, func(part string) bool { return strings.Contains(text, part) }) {
		return ""
	}
	program, found := parse(text)
	switch {
	case found != nil:
		return found.message
	case harden(program):
		return "eval and Function take no eval, and <<, >> and ** only with a number on the right"
	}
	return ""
}

// hardener walks a whole program, functions too.
type hardener struct {
	seen    map[any]bool
	changed bool
}

func (h *hardener) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		h.value(v.Elem())
		instead, changed := hardened(v.Interface())
		if instead != nil && reflect.TypeOf(instead).AssignableTo(v.Type()) {
			v.Set(reflect.ValueOf(instead))
		}
		h.changed = h.changed || changed
	case reflect.Slice:
		for i := range v.Len() {
			h.value(v.Index(i))
		}
	case reflect.Pointer:
		if v.IsNil() || h.seen[v.Interface()] {
			return
		}
		h.seen[v.Interface()] = true
		h.value(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				h.value(v.Field(i))
			}
		}
	}
}

// hardened has the operands of an operator that may make a huge BigInt looked at, and the
// text of eval. Where that takes another node in its place, it gives that one.
func hardened(node any) (instead ast.Node, changed bool) {
	switch n := node.(type) {
	case *ast.Identifier:
		if n.Name == "eval" {
			return &ast.Identifier{Name: unistring.NewFromString(EvalName), Idx: n.Idx}, true
		}
	case *ast.PropertyShort:
		if n.Name.Name == "eval" && n.Initializer == nil {
			key := &ast.StringLiteral{Idx: n.Name.Idx, Literal: "eval", Value: n.Name.Name}
			value := &ast.Identifier{Name: unistring.NewFromString(EvalName), Idx: n.Name.Idx}
			return &ast.PropertyKeyed{Key: key, Kind: ast.PropertyKindValue, Value: value}, true
		}
	case *ast.CallExpression:
		callee, ok := n.Callee.(*ast.Identifier)
		if !ok || callee.Name != unistring.NewFromString(EvalName) || len(n.ArgumentList) == 0 {
			return nil, false
		}
		if _, spread := n.ArgumentList[0].(*ast.SpreadElement); !spread { // a direct call sees the names around it
			callee.Name = "eval"
			n.ArgumentList[0] = callOf(CodeName, n.ArgumentList[0])
		}
	case *ast.BinaryExpression:
		switch {
		case isNumber(n.Right): // mixed with a BigInt it is a TypeError
		case n.Operator == token.SHIFT_LEFT, n.Operator == token.SHIFT_RIGHT:
			n.Right = callOf(ShiftName, n.Right)
			return nil, true
		case n.Operator == token.EXPONENT:
			return callOf(PowerName, n.Left, n.Right), true
		}
	case *ast.AssignExpression:
		variable, isVariable := n.Left.(*ast.Identifier)
		if isVariable && variable.Name == unistring.NewFromString(EvalName) { // to which nothing can be assigned
			variable.Name = "eval"
		}
		switch {
		case isNumber(n.Right):
		case n.Operator == token.SHIFT_LEFT, n.Operator == token.SHIFT_RIGHT:
			n.Right = callOf(ShiftName, n.Right)
			return nil, true
		case n.Operator == token.EXPONENT && isVariable:
			n.Operator, n.Right = token.ASSIGN, callOf(PowerName, variable, n.Right)
			return nil, true
		case n.Operator == token.EXPONENT:
			n.Right = callOf(ExponentName, n.Right)
			return nil, true
		}
	}
	return nil, false
}

func isNumber(e ast.Expression) bool {
	literal, ok := e.(*ast.NumberLiteral)
	if !ok {
		return false
	}
	switch literal.Value.(type) {
	case int64, float64:
		return true
	}
	return false
}

func callOf(name string, arguments ...ast.Expression) *ast.CallExpression {
	at := arguments[0].Idx0()
	return &ast.CallExpression{
		Callee:          &ast.Identifier{Name: unistring.NewFromString(name), Idx: at},
		LeftParenthesis: at, ArgumentList: arguments, RightParenthesis: arguments[len(arguments)-1].Idx1(),
	}
}
