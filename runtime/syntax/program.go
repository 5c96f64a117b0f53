package syntax

import (
	"reflect"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// The globals that compiled code calls where an operator may make a BigInt without
// bounds. No script can write their names.
const (
	ShiftName    = "<shift>"    // the right side of << and >>, checked
	PowerName    = "<power>"    // a ** b
	ExponentName = "<exponent>" // the right side of **= of a property, checked
)

// Program compiles code of the session. What <<, >> and ** are given is looked at first:
// the engine asks for all the memory of a huge BigInt, and what it does not get ends the
// program. Places in the code stay as they are.
func Program(name, code string) (*goja.Program, error) {
	program, err := parser.ParseFile(nil, name, code, 0, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, err
	}
	guardOperators(program)
	return goja.CompileAST(program, false)
}

// guardOperators changes a program before it is compiled, which already computes what
// is constant. It reports whether there was anything to change.
func guardOperators(program *ast.Program) bool {
	guard := operatorGuard{seen: map[any]bool{}}
	guard.value(reflect.ValueOf(program.Body))
	return guard.changed
}

// makesBigInts reports whether a text has an operator that would be guarded in code of
// the session's own.
func makesBigInts(text string) bool {
	if !strings.Contains(text, "<<") && !strings.Contains(text, ">>") && !strings.Contains(text, "**") {
		return false
	}
	program, found := parse(text)
	return found == nil && guardOperators(program)
}

// operatorGuard walks a whole program, functions too.
type operatorGuard struct {
	seen    map[any]bool
	changed bool
}

func (g *operatorGuard) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		g.value(v.Elem())
		guarded, changed := guardOperator(v.Interface())
		if guarded != nil {
			v.Set(reflect.ValueOf(guarded))
		}
		g.changed = g.changed || changed
	case reflect.Slice:
		for i := range v.Len() {
			g.value(v.Index(i))
		}
	case reflect.Pointer:
		if v.IsNil() || g.seen[v.Interface()] {
			return
		}
		g.seen[v.Interface()] = true
		g.value(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				g.value(v.Field(i))
			}
		}
	}
}

// guardOperator has the operands of an operator that may make a huge BigInt looked at.
// Where that takes another expression in its place, it gives that one.
func guardOperator(node any) (instead ast.Expression, changed bool) {
	switch n := node.(type) {
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
