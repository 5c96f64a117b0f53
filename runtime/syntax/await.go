package syntax

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
)

// enclosed are the edits for text that awaits or returns. It becomes the body of a
// function that begins with arrow, "async()=>" or "()=>"; the names that it declares are declared outside, and where it declared
// them it assigns. `let x = 1` becomes `0, x = 1`: as wide, an expression also when x
// is a pattern, and not to be taken for the rest of the line before.
func (p *parsed) enclosed(arrow string) (e edits) {
	var globals, functions []string
	declare := func(bindings []*ast.Binding) {
		for _, b := range bindings {
			globals = names(globals, b)
		}
	}
	for _, statement := range p.body() {
		switch d := statement.(type) {
		case *ast.LexicalDeclaration:
			declare(d.List)
			e.replace(p.offset(d), len(d.Token.String()), "0,")
			p.initialize(&e, d)
		case *ast.ClassDeclaration:
			globals = append(globals, d.Class.Name.Name.String())
			e.insert(p.offset(d), d.Class.Name.Name.String()+"=")
			e.insert(p.at(d.Class.RightBrace)+1, ";")
		case *ast.FunctionDeclaration:
			functions = append(functions, d.Function.Name.Name.String())
		}
	}
	heads := p.loopVariables()
	for _, d := range p.function().DeclarationList { // every var, in blocks too
		declare(d.List)
		if heads[d.List[0]] {
			e.replace(p.at(d.Var), len("var"), "")
		} else {
			e.replace(p.at(d.Var), len("var"), "0,")
		}
	}
	p.giveLast(&e)

	var head strings.Builder
	if slices.Sort(globals); len(globals) > 0 {
		head.WriteString("var " + strings.Join(slices.Compact(globals), ",") + ";")
	}
	head.WriteString("(" + arrow + "{")
	for _, f := range functions {
		head.WriteString("this." + f + "=" + f + ";")
	}
	e = slices.Insert(e, 0, edit{insert: head.String()})
	e.insert(len(p.text), "\n})()")
	return e
}

// loopVariables are the bindings of for (var x of …) and for (var x in …).
func (p *parsed) loopVariables() map[*ast.Binding]bool {
	found := map[*ast.Binding]bool{}
	walk(p.body(), func(node any) bool {
		if into, ok := node.(*ast.ForIntoVar); ok {
			found[into.Binding] = true
		}
		return true
	})
	return found
}

// giveLast returns the value of the last statement, if it is an expression.
func (p *parsed) giveLast(e *edits) {
	body := p.body()
	for i := len(body) - 1; i >= 0; i-- {
		switch last := body[i].(type) {
		case *ast.EmptyStatement:
			continue
		case *ast.ExpressionStatement:
			e.insert(p.start(last.Expression), "return ")
		}
		return
	}
}
