package recipes

import "github.com/dop251/goja/ast"

// declared are the names that a recipe declares anywhere: a global function of such a
// name may not be what a call means.
func (s *source) declared() map[string]bool {
	names := map[string]bool{}
	s.tree.Walk(func(node any) bool {
		switch n := node.(type) {
		case *ast.FunctionLiteral:
			if n.Name != nil {
				names[n.Name.Name.String()] = true
			}
		case *ast.ClassLiteral:
			if n.Name != nil {
				names[n.Name.Name.String()] = true
			}
		case *ast.Binding:
			addNames(names, n.Target)
		case *ast.ForDeclaration:
			addNames(names, n.Target)
		case *ast.ParameterList:
			if n.Rest != nil {
				addNames(names, n.Rest)
			}
		case *ast.CatchStatement:
			addNames(names, n.Parameter)
		}
		return true
	})
	for _, found := range s.imports {
		for _, name := range found.names {
			names[name] = true
		}
	}
	return names
}

func addNames(to map[string]bool, target ast.Expression) {
	switch t := target.(type) {
	case *ast.Identifier:
		to[t.Name.String()] = true
	case *ast.AssignExpression:
		addNames(to, t.Left)
	case *ast.SpreadElement:
		addNames(to, t.Expression)
	case *ast.ArrayPattern:
		for _, element := range t.Elements {
			addNames(to, element)
		}
		if t.Rest != nil {
			addNames(to, t.Rest)
		}
	case *ast.ObjectPattern:
		for _, property := range t.Properties {
			switch p := property.(type) {
			case *ast.PropertyShort:
				to[p.Name.Name.String()] = true
			case *ast.PropertyKeyed:
				addNames(to, p.Value)
			}
		}
		if t.Rest != nil {
			addNames(to, t.Rest)
		}
	}
}
