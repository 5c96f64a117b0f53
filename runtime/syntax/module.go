package syntax

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// IsModule reports whether a script imports or exports something, which the engine
// cannot run as it is.
func IsModule(src string) bool {
	if !strings.Contains(src, "import") && !strings.Contains(src, "export") {
		return false
	}
	s := scan(src)
	for i, t := range s.tokens {
		isImport := s.is(i, "import")
		if !isImport && !s.is(i, "export") || i+1 == len(s.tokens) {
			continue
		}
		if i > 0 && s.text[s.tokens[i-1].end-1] == '.' {
			continue
		}
		next := s.tokens[i+1]
		switch c := s.text[next.start]; {
		case c == '{', c == '*', next.kind == word && next.end > t.end, isImport && (next.kind == quoted || c == '(' || c == '.'):
			return true
		}
	}
	return false
}

// maxUnread bounds what follows the place at which the scanner gives up, as it does at
// a bracket without a partner.
const maxUnread = 1 << 16

// TooDeep reports whether a text would take a recursive parser too deep, be it
// JavaScript or TypeScript.
func TooDeep(src string) bool {
	s := scan(src)
	read := len(src)
	if s.stray >= 0 {
		read = s.stray
	}
	return s.deep || len(src)-read > maxUnread
}

// The function that the code of modules becomes has a line of its own, and strict code,
// as all code of modules is.
const (
	moduleHead         = "(function(%){'use strict';\n"
	awaitingModuleHead = "(async function(%){'use strict';\n"
	moduleTail         = "\n})"
)

// ModuleLines is how many lines stand before the code of a module in its program.
const ModuleLines = 1

// Module compiles the code that modules were made into: an expression of a function with
// some parameters, an async one if the code awaits. A source map, of the code behind the
// lines before it, leads from the program's places to the files'. The error is an *Error
// in terms of the code.
func Module(name, code string, sourceMap []byte, parameters ...string) (*goja.Program, error) {
	s := scan(code)
	p, err := s.check(fill(awaitingModuleHead, parameters), moduleTail)
	if err != nil {
		return nil, err
	}
	head := moduleHead
	if statement, ok := p.program.Body[0].(*ast.ExpressionStatement); ok {
		if f, ok := statement.Expression.(*ast.FunctionLiteral); ok && awaitsIn(f.Body.List) {
			head = awaitingModuleHead
		}
	}
	text := fill(head, parameters) + code + moduleTail + "\n//# sourceMappingURL=map"
	program, err := parser.ParseFile(nil, name, text, 0, parser.WithSourceMapLoader(func(string) ([]byte, error) { return sourceMap, nil }))
	if err != nil {
		return nil, err
	}
	if found := compile(p.program); found != nil {
		found.offset -= p.head
		return nil, s.errorAt(*found)
	}
	harden(program)
	return goja.CompileAST(program, false)
}

func fill(head string, parameters []string) string {
	return strings.Replace(head, "%", strings.Join(parameters, ","), 1)
}

func awaitsIn(body []ast.Statement) bool {
	found := false
	walk(body, func(node any) bool {
		_, found = node.(*ast.AwaitExpression)
		return !found
	})
	return found
}
