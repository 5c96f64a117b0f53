package syntax

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// endOfInput is what goja says where it wanted more.
const endOfInput = "Unexpected end of input"

// problem is an error that goja found, at a byte of the text it was given.
type problem struct {
	offset  int
	message string
}

// parse runs goja's parser; the problem is the first that it met, not the first in
// the text. Source maps stay off: following one would read a file that the text names.
func parse(text string) (program *ast.Program, found *problem) {
	defer func() {
		if fault := recover(); fault != nil { // goja panics on some odd string literals
			program, found = nil, &problem{0, fmt.Sprintf("this cannot be parsed: %v", fault)}
		}
	}()
	program, err := parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps)
	if err == nil {
		return program, nil
	}
	var list parser.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return nil, &problem{0, err.Error()}
	}
	first := list[0]
	return program, &problem{newLines(text).offset(first.Position.Line, first.Position.Column), first.Message}
}

// compile finds the errors that goja reports only after parsing.
func compile(program *ast.Program) (found *problem) {
	defer func() {
		if fault := recover(); fault != nil {
			found = &problem{0, fmt.Sprintf("this cannot be compiled: %v", fault)}
		}
	}()
	harden(program)
	_, err := goja.CompileAST(program, false)
	var syntax *goja.CompilerSyntaxError
	var reference *goja.CompilerReferenceError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return &problem{syntax.Offset, syntax.Message}
	case errors.As(err, &reference):
		return &problem{reference.Offset, reference.Message}
	}
	return &problem{0, err.Error()}
}
