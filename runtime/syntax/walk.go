package syntax

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// walk visits a node and what is under it, but not the inside of functions: what
// belongs to the scope of the node's own function. It ends when visit gives false.
func walk(node any, visit func(any) bool) bool {
	return walkValue(reflect.ValueOf(node), visit)
}

func walkValue(v reflect.Value, visit func(any) bool) bool {
	switch v.Kind() {
	case reflect.Interface:
		return v.IsNil() || walkValue(v.Elem(), visit)
	case reflect.Slice:
		for i := range v.Len() {
			if !walkValue(v.Index(i), visit) {
				return false
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			return true
		}
		switch node := v.Interface().(type) {
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassStaticBlock:
			return true
		case *ast.FieldDefinition:
			return walk(node.Key, visit)
		default:
			return visit(node) && walkValue(v.Elem(), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !walkValue(v.Field(i), visit) {
				return false
			}
		}
	}
	return true
}

// names adds those that a binding declares.
func names(to []string, target ast.Expression) []string {
	switch t := target.(type) {
	case *ast.Identifier:
		to = append(to, t.Name.String())
	case *ast.Binding:
		to = names(to, t.Target)
	case *ast.AssignExpression:
		to = names(to, t.Left)
	case *ast.SpreadElement:
		to = names(to, t.Expression)
	case *ast.ArrayPattern:
		for _, element := range t.Elements {
			to = names(to, element)
		}
		to = names(to, t.Rest)
	case *ast.ObjectPattern:
		for _, property := range t.Properties {
			switch p := property.(type) {
			case *ast.PropertyShort:
				to = append(to, p.Name.Name.String())
			case *ast.PropertyKeyed:
				to = names(to, p.Value)
			}
		}
		to = names(to, t.Rest)
	}
	return to
}
