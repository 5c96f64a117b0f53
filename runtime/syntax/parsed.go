package syntax

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// parsed is sound text, with goja's tree of it.
type parsed struct {
	*scanned
	program *ast.Program
	head    int // bytes that were put before the text
}

// at is the byte of the text that goja's index stands for.
func (p *parsed) at(i file.Idx) int { return int(i) - 1 - p.head }

// offset is where a node starts, as far as goja knows: brackets around it and the
// tag of a template come before.
func (p *parsed) offset(node ast.Node) int { return p.at(node.Idx0()) }

// function is the one that was put around the text, if any.
func (p *parsed) function() *ast.FunctionLiteral {
	if p.head == 0 {
		return nil
	}
	return p.program.Body[0].(*ast.FunctionDeclaration).Function
}

// body are the statements of the text.
func (p *parsed) body() []ast.Statement {
	if f := p.function(); f != nil {
		return f.Body.List
	}
	return p.program.Body
}

// declared are the names that the text declares at its top level, and those by const.
func (p *parsed) declared() (all, constants []string) {
	add := func(list *[]string, bindings []*ast.Binding) {
		for _, b := range bindings {
			*list = names(*list, b)
		}
	}
	for _, statement := range p.body() {
		switch d := statement.(type) {
		case *ast.LexicalDeclaration:
			add(&all, d.List)
			if d.Token == token.CONST {
				add(&constants, d.List)
			}
		case *ast.ClassDeclaration:
			all = append(all, d.Class.Name.Name.String())
		case *ast.FunctionDeclaration:
			all = append(all, d.Function.Name.Name.String())
		}
	}
	variables := p.program.DeclarationList
	if f := p.function(); f != nil {
		variables = f.DeclarationList
	}
	for _, d := range variables {
		add(&all, d.List)
	}
	return all, constants
}

// awaits reports whether the text itself awaits, not only functions in it.
func (p *parsed) awaits() bool {
	found := false
	walk(p.body(), func(node any) bool {
		_, found = node.(*ast.AwaitExpression)
		return !found
	})
	return found
}

// illegalReturn is where the text returns without being a function, or -1.
func (p *parsed) illegalReturn() int {
	at := -1
	walk(p.body(), func(node any) bool {
		if r, ok := node.(*ast.ReturnStatement); ok {
			at = p.at(r.Return)
		}
		return at < 0
	})
	return at
}

// start is where an expression at the start of a statement really starts.
func (p *parsed) start(expression ast.Expression) int {
	i := p.tokenFrom(p.offset(leftmost(expression)))
	for i > 0 && p.text[p.tokens[i-1].start] == '(' {
		i--
	}
	return p.tokens[i].start
}

// leftmost is the operand that an expression starts with: goja takes a tagged
// template to start after its tag.
func leftmost(expression ast.Expression) ast.Expression {
	for {
		switch e := expression.(type) {
		case *ast.TemplateLiteral:
			if e.Tag == nil {
				return e
			}
			expression = e.Tag
		case *ast.SequenceExpression:
			expression = e.Sequence[0]
		case *ast.AssignExpression:
			expression = e.Left
		case *ast.ConditionalExpression:
			expression = e.Test
		case *ast.BinaryExpression:
			expression = e.Left
		case *ast.CallExpression:
			expression = e.Callee
		case *ast.DotExpression:
			expression = e.Left
		case *ast.PrivateDotExpression:
			expression = e.Left
		case *ast.BracketExpression:
			expression = e.Left
		case *ast.Optional:
			expression = e.Expression
		case *ast.OptionalChain:
			expression = e.Expression
		case *ast.UnaryExpression:
			if !e.Postfix {
				return e
			}
			expression = e.Operand
		default:
			return e
		}
	}
}
