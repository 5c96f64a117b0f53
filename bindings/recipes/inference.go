package recipes

import (
	"slices"

	"github.com/dop251/goja/ast"
)

// sameList are the methods of arrays that give a list of the same class.
var sameList = []string{"filter", "slice", "sort", "reverse", "concat", "toSorted", "toReversed"}

// classOf is the class of what an expression gives; empty where that is not plain from
// the text.
func (c *checker) classOf(expression ast.Expression) string {
	switch e := expression.(type) {
	case *ast.Identifier:
		return c.classes[e.Name.String()]
	case *ast.AwaitExpression:
		return c.classOf(e.Argument)
	case *ast.NewExpression:
		if class, ok := e.Callee.(*ast.Identifier); ok && !c.declared[class.Name.String()] {
			if _, known := c.shell.Methods[class.Name.String()]; known {
				return class.Name.String()
			}
		}
	case *ast.CallExpression:
		switch callee := e.Callee.(type) {
		case *ast.Identifier:
			if name := callee.Name.String(); !c.declared[name] {
				return c.shell.Functions[name].Result
			}
		case *ast.DotExpression:
			class, method := c.classOf(callee.Left), callee.Identifier.Name.String()
			if f, known := c.shell.Methods[class][method]; known {
				return f.Result
			}
			if c.shell.Lists[class] && slices.Contains(sameList, method) {
				return class
			}
		}
	}
	return ""
}

// variables are the classes of the variables that are declared once with a value, and
// assigned to nowhere.
func (c *checker) variables() map[string]string {
	times := map[string]int{}
	values := map[string]ast.Expression{}
	c.source.tree.Walk(func(node any) bool {
		switch n := node.(type) {
		case *ast.Binding:
			names := map[string]bool{}
			addNames(names, n.Target)
			for name := range names {
				times[name]++
			}
			if variable, ok := n.Target.(*ast.Identifier); ok {
				values[variable.Name.String()] = n.Initializer
			}
		case *ast.ForDeclaration:
			names := map[string]bool{}
			addNames(names, n.Target)
			for name := range names {
				times[name]++
			}
		case *ast.FunctionLiteral:
			if n.Name != nil {
				times[n.Name.Name.String()]++
			}
		case *ast.AssignExpression:
			names := map[string]bool{}
			addNames(names, n.Left)
			for name := range names {
				times[name]++
			}
		}
		return true
	})
	c.classes = map[string]string{}
	for changed := true; changed; { // one may be made of another
		changed = false
		for name, value := range values {
			if times[name] != 1 || value == nil || c.classes[name] != "" {
				continue
			}
			if class := c.classOf(value); class != "" {
				c.classes[name] = class
				changed = true
			}
		}
	}
	return c.classes
}
