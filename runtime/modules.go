package runtime

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"imapsh/runtime/api"
	"imapsh/runtime/module"
	"imapsh/runtime/syntax"
)

// loadedModule is what require has loaded, or loads.
type loadedModule struct {
	object  *goja.Object // module, whose exports it gives
	loading bool
}

// modules are those that require has loaded, by name.
type modules struct {
	loaded  map[string]*loadedModule
	loading []string // the outermost first
}

// runModules runs a script that imports or exports. Its result is what it exports as
// default. exported is told of all exports; it may be nil.
func (s *Session) runModules(ctx context.Context, name, text string, exported func(*goja.Object)) (goja.Value, error) {
	code, err := module.Bundle(ctx, s.options.Modules, module.File{Name: module.Entry(s.options.Dir, name), Text: text})
	if err != nil {
		return nil, s.moduleError(err)
	}
	program, err := s.compileModule(code, "args", "require", module.Result)
	if err != nil {
		return nil, s.moduleError(err)
	}
	return s.within(ctx, func() (goja.Value, error) {
		run, err := s.vm.RunProgram(program)
		if err != nil {
			return nil, err
		}
		var exports *goja.Object
		told := s.native("exports", func(_ goja.Value, args []goja.Value) (any, error) {
			exports, _ = arg(args, 0).(*goja.Object)
			return api.None{}, nil
		})
		require := s.native("require", func(_ goja.Value, args []goja.Value) (any, error) {
			return nil, api.Usagef("require: in a file with import, export or types its name must be a string in quotes")
		})
		call, _ := goja.AssertFunction(run)
		promise, err := call(goja.Undefined(), s.vm.Get("args"), require, told)
		if err != nil {
			return nil, err
		}
		if _, err := s.finished(s.await(promise, true)); err != nil || exports == nil {
			return goja.Undefined(), err
		}
		if exported != nil {
			exported(exports)
		}
		if value := exports.Get("default"); value != nil {
			return s.finished(s.await(value, true))
		}
		return goja.Undefined(), nil
	})
}

// compileModule compiles what modules were made into, and notes their texts. The error is
// a *module.Error.
func (s *Session) compileModule(code module.Code, parameters ...string) (*goja.Program, error) {
	for _, file := range code.Sources {
		s.sources[file.Key] = source{text: file.Text, shown: file.Name, origin: func(line, column int) (int, int) { return line, column }}
	}
	program, err := syntax.Module(code.Name, code.Text, code.Map, parameters...)
	var at *syntax.Error
	if !errors.As(err, &at) {
		return program, err
	}
	e := &module.Error{File: code.Name, Message: at.Message, Syntax: true}
	line := []rune(lineOf(code.Text, at.Line))
	before := len(string(line[:min(at.Column-1, len(line))]))
	if file, row, column, ok := code.Origin(at.Line, before+1); ok {
		e.File, e.Line, e.Column, e.Source = file.Name, row, column, lineOf(file.Text, row)
	}
	return nil, e
}

// moduleError is the error of a script that has one in its modules' texts.
func (s *Session) moduleError(err error) error {
	var at *module.Error
	if !errors.As(err, &at) {
		return err
	}
	e := &ScriptError{Class: "Error", Message: at.Message, screen: s.Width(), cause: err}
	if at.Syntax {
		e.Class = "SyntaxError"
	}
	if at.Line == 0 {
		e.Message = at.Error()
		return e
	}
	e.Stack = []Frame{{File: at.File, Line: at.Line, Column: at.Column}}
	e.line, e.column, e.width = at.Source, at.Column, at.Width
	if at.Column+at.Width-1 > utf8.RuneCountInString(at.Source) {
		e.width = 0
	}
	s.hideSecrets(e, at.Source)
	return e
}

type requireInput struct {
	Name string `arg:"name" complete:"path" doc:"file beside the script, such as './lib/days.js', or in one of the places of recipes"`
}

// require loads a module for the script itself.
func (s *Session) require(ctx context.Context, in requireInput) (any, error) {
	return s.load(ctx, module.Join(s.options.Dir, "script"), in.Name)
}

// load gives what a module exports, which runs the first time alone.
func (s *Session) load(ctx context.Context, from, specifier string) (goja.Value, error) {
	found, err := s.options.Modules.Find(from, specifier)
	if err != nil {
		return nil, api.Usagef("require: %v", err)
	}
	m := s.modules.loaded[found.Name]
	switch {
	case m != nil && m.loading:
		from := slices.Index(s.modules.loading, found.Name)
		circle := append(slices.Clone(s.modules.loading[from:]), found.Name)
		return nil, api.Usagef("require: modules require one another in a circle: %s", strings.Join(circle, " → "))
	case m != nil:
		return m.object.Get("exports"), nil
	}
	m = &loadedModule{object: s.vm.NewObject(), loading: true}
	s.modules.loaded[found.Name] = m
	s.modules.loading = append(s.modules.loading, found.Name)
	defer func() {
		m.loading = false
		s.modules.loading = s.modules.loading[:len(s.modules.loading)-1]
	}()
	if err := s.runModule(ctx, found, m.object); err != nil {
		delete(s.modules.loaded, found.Name)
		return nil, err
	}
	return m.object.Get("exports"), nil
}

func (s *Session) runModule(ctx context.Context, file module.File, object *goja.Object) error {
	code, err := module.Translate(ctx, file)
	if err != nil {
		return err
	}
	program, err := s.compileModule(code, "exports", "require", "module")
	if err != nil {
		return err
	}
	run, err := s.vm.RunProgram(program)
	if err != nil {
		return err
	}
	exports := s.vm.NewObject()
	if err := object.Set("exports", exports); err != nil {
		return err
	}
	require := s.native("require", func(_ goja.Value, args []goja.Value) (any, error) {
		name, ok := stringOf(arg(args, 0))
		if !ok {
			return nil, api.Usagef("require: it takes the name of a module, such as './lib/days.js'")
		}
		return s.load(s.callContext(), file.Name, name)
	})
	call, _ := goja.AssertFunction(run)
	_, err = call(exports, exports, require, object)
	return err
}
