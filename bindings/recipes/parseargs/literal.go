package parseargs

import (
	"errors"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// ErrComputed says that an expression is no literal: its value is known only when the
// recipe runs.
var ErrComputed = errors.New("the value is computed")

// FromLiteral reads the value of an expression that is a literal: an object, an array, a
// string (joined with + or not), a number, true, false or null. The error is ErrComputed.
func FromLiteral(expression ast.Expression) (any, error) {
	switch e := expression.(type) {
	case *ast.NullLiteral:
		return nil, nil
	case *ast.BooleanLiteral:
		return e.Value, nil
	case *ast.StringLiteral:
		return e.Value.String(), nil
	case *ast.TemplateLiteral:
		if e.Tag == nil && len(e.Elements) == 1 {
			return e.Elements[0].Parsed.String(), nil
		}
	case *ast.NumberLiteral:
		return numberLiteral(e, 1)
	case *ast.UnaryExpression:
		switch operand, ok := e.Operand.(*ast.NumberLiteral); {
		case ok && e.Operator == token.MINUS:
			return numberLiteral(operand, -1)
		case ok && e.Operator == token.NOT: // !0 and !1 stand for true and false
			n, err := numberLiteral(operand, 1)
			return n == 0.0, err
		}
	case *ast.BinaryExpression:
		left, err := FromLiteral(e.Left)
		if err != nil || e.Operator != token.PLUS {
			return nil, ErrComputed
		}
		right, err := FromLiteral(e.Right)
		a, first := left.(string)
		b, second := right.(string)
		if err == nil && first && second {
			return a + b, nil
		}
	case *ast.ArrayLiteral:
		items := make([]any, len(e.Value))
		for i, item := range e.Value {
			var err error
			if items[i], err = FromLiteral(item); err != nil {
				return nil, err
			}
		}
		return items, nil
	case *ast.ObjectLiteral:
		return objectLiteral(e)
	}
	return nil, ErrComputed
}

func objectLiteral(e *ast.ObjectLiteral) (any, error) {
	object := Object{}
	for _, property := range e.Value {
		keyed, ok := property.(*ast.PropertyKeyed)
		if !ok || keyed.Computed || keyed.Kind != ast.PropertyKindValue {
			return nil, ErrComputed
		}
		var name string
		switch key := keyed.Key.(type) {
		case *ast.StringLiteral:
			name = key.Value.String()
		case *ast.Identifier:
			name = key.Name.String()
		case *ast.NumberLiteral:
			name = strings.TrimSpace(key.Literal)
		default:
			return nil, ErrComputed
		}
		value, err := FromLiteral(keyed.Value)
		if err != nil {
			return nil, err
		}
		object = append(object, Field{name, value})
	}
	return object, nil
}

func numberLiteral(e *ast.NumberLiteral, sign float64) (any, error) {
	switch n := e.Value.(type) {
	case int64:
		return sign * float64(n), nil
	case float64:
		return sign * n, nil
	}
	return nil, ErrComputed // a BigInt
}
