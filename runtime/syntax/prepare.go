package syntax

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// Statement is a statement from the prompt, ready to run as a script.
type Statement struct {
	Code  string
	Async bool // the script's value is a promise, to be waited for

	Names     []string // that it declares as globals
	Constants []string // those that it declares by const

	text  string
	edits edits
}

// Origin is the place in the text of a place in Code, as a stack trace of goja has
// it: lines from 1, columns in bytes from 1. The column of the text counts
// characters, as that of Error does.
func (s Statement) Origin(line, column int) (int, int) {
	offset := newLines(s.Code).offset(line, column)
	return newLines(s.text).place(s.edits.origin(offset))
}

// Prepare makes a statement, or several, ready to run at the top level of a session:
//
//   - {a: 1, b: 2} is an object where it can be one, as in node;
//   - let, const and class at the top level become var, in the same columns, so that
//     they can be declared again, and a name whose initializer throws stays usable;
//   - with await at the top level the code is an async function's call. What the text
//     declares still becomes global, and the value is that of the last statement, if
//     that is an expression.
//
// The error is a *Error, in terms of src.
func Prepare(src string) (Statement, error) {
	s := scan(src)
	if s.startsWithBrace() && !s.deep && s.stray < 0 && s.tail == tailNone {
		if p, err := s.check(valueHead, valueTail); err == nil {
			return p.finish(p.value())
		}
	}
	if s.contains("await") {
		p, err := s.check(bodyHead, bodyTail)
		switch {
		case err == nil && p.awaits():
			if at := p.illegalReturn(); at >= 0 {
				return Statement{}, s.errorAt(problem{at, "Illegal return statement"})
			}
			if at := p.uninitialized(); at >= 0 {
				return Statement{}, s.errorAt(problem{at, noInitializer})
			}
			return p.finish(p.enclosed("async()=>"), true)
		case err != nil:
			if _, plain := s.check("", "\n"); plain != nil { // else it is a name, as in var await
				return Statement{}, further(err.(*Error), plain.(*Error))
			}
		}
	}
	p, err := s.check("", "\n")
	if err != nil {
		return Statement{}, err
	}
	if at := p.uninitialized(); at >= 0 {
		return Statement{}, s.errorAt(problem{at, noInitializer})
	}
	return p.finish(p.plain(), false)
}

// noInitializer is goja's message.
const noInitializer = "Missing initializer in const declaration"

// further is the error that more of the text was understood before.
func further(a, b *Error) *Error {
	if b.Line > a.Line || b.Line == a.Line && b.Column > a.Column {
		return b
	}
	return a
}

// finish applies the edits and has the code compiled, for the errors that goja
// finds only then.
func (s *scanned) finish(changes edits, async bool) (Statement, error) {
	code := changes.apply(s.text)
	program, found := parse(code)
	if found == nil {
		found = compile(program)
	}
	if found != nil {
		found.offset = changes.origin(found.offset)
		return Statement{}, s.errorAt(*found)
	}
	return Statement{Code: code, Async: async, text: s.text, edits: changes}, nil
}

// finish is that of scanned, with the names that the text declares.
func (p *parsed) finish(changes edits, async bool) (Statement, error) {
	s, err := p.scanned.finish(changes, async)
	s.Names, s.Constants = p.declared()
	return s, err
}

// contains reports whether the text has the word among its tokens.
func (s *scanned) contains(text string) bool {
	if !strings.Contains(s.text, text) {
		return false
	}
	for i := range s.tokens {
		if s.is(i, text) {
			return true
		}
	}
	return false
}

// plain are the edits without await.
func (p *parsed) plain() (e edits) {
	for _, statement := range p.body() {
		switch d := statement.(type) {
		case *ast.LexicalDeclaration:
			e.replace(p.offset(d), len(d.Token.String()), "var")
			p.initialize(&e, d)
		case *ast.ClassDeclaration:
			e.insert(p.offset(d), "var "+d.Class.Name.Name.String()+"=")
			e.insert(p.at(d.Class.RightBrace)+1, ";") // or the next line may be taken for arguments
		}
	}
	return e
}

// value are the edits for an object literal.
func (p *parsed) value() (e edits, async bool) {
	async = p.awaits()
	if async {
		e.insert(0, "(async()=>(")
		e.insert(len(p.text), "\n))()")
		return e, async
	}
	e.insert(0, "(")
	e.insert(len(p.text), "\n)")
	return e, async
}

// initialize gives `let x` the value that it has afresh each time it is declared;
// `var x` would keep the one it had.
func (p *parsed) initialize(e *edits, d *ast.LexicalDeclaration) {
	for _, binding := range d.List {
		if _, ok := binding.Target.(*ast.Identifier); ok && binding.Initializer == nil {
			i := p.tokenFrom(p.offset(binding))
			e.insert(p.tokens[i].end, "=void 0")
		}
	}
}

// uninitialized is where a const declares a name without a value, or -1: goja
// could not tell once it is a var.
func (p *parsed) uninitialized() int {
	for _, statement := range p.body() {
		d, ok := statement.(*ast.LexicalDeclaration)
		if !ok || d.Token != token.CONST {
			continue
		}
		for _, binding := range d.List {
			if binding.Initializer == nil {
				return p.offset(binding)
			}
		}
	}
	return -1
}
