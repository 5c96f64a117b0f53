package syntax

import (
	"strings"

	"github.com/dop251/goja/ast"
)

// PrepareFile is Prepare for the text of a file that is run as if it had been typed:
// what it declares becomes global. Its top level may use return as well as await, as a
// recipe's may, its first line may start with #!, and a brace at its start opens a block.
func PrepareFile(src string) (Statement, error) {
	if strings.HasPrefix(src, "#!") {
		src = "//" + src[len("#!"):]
	}
	s := scan(src)
	p, err := s.check(bodyHead, bodyTail)
	if err != nil {
		return Statement{}, err
	}
	awaits := p.awaits()
	if !awaits && p.illegalReturn() < 0 {
		if p, err = s.check("", "\n"); err != nil {
			return Statement{}, err
		}
	}
	if at := p.uninitialized(); at >= 0 {
		return Statement{}, s.errorAt(problem{at, noInitializer})
	}
	switch {
	case awaits:
		return p.finish(p.enclosed("async()=>"), true)
	case p.head > 0:
		return p.finish(p.enclosed("()=>"), false)
	}
	return p.finish(p.plain(), false)
}

// ForFile is a statement as it was typed at the prompt, in the form that it has in a
// file among others: ended by a semicolon where it needs one, and an object in brackets.
// A text with an error stays as it is.
func ForFile(src string) string {
	s := scan(src)
	if len(s.tokens) == 0 {
		return src
	}
	end := s.tokens[len(s.tokens)-1].end
	if s.startsWithBrace() {
		if _, err := s.check(valueHead, valueTail); err == nil {
			start := s.tokens[0].start
			return src[:start] + "(" + src[start:end] + ");" + src[end:]
		}
	}
	p, err := s.check(bodyHead, bodyTail)
	if err != nil || len(p.body()) == 0 || src[end-1] == ';' {
		return src
	}
	switch body := p.body(); body[len(body)-1].(type) {
	case *ast.FunctionDeclaration, *ast.ClassDeclaration, *ast.BlockStatement, *ast.TryStatement, *ast.SwitchStatement:
		return src // a brace ends it
	}
	return src[:end] + ";" + src[end:]
}
