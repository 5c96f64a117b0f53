// Package recipetest runs tests of recipes: files that call test(name, function), whose
// functions run recipes and look at what came of them with assert, which has the names of
// node:assert.
package recipetest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	"github.com/rogpeppe/go-internal/diff"

	"imapsh/runtime"
)

//go:embed prelude.js
var prelude string

// harness is the global that the tests of a file are found by. No test can write its name.
const harness = "<tests>"

// Load runs a file of tests in a new session: each test is registered, none is carried
// out. runner is the name of the global function that tests call as run. It gives the
// tests' names.
func Load(ctx context.Context, s *runtime.Session, name, text, runner string) ([]string, error) {
	if _, err := s.RunHidden(ctx, fmt.Sprintf("Object.defineProperty(globalThis, %q, {value: (%s)(globalThis, %s)}); undefined", harness, prelude, runner)); err != nil {
		return nil, err
	}
	if _, err := s.Run(ctx, name, text); err != nil {
		return nil, err
	}
	value, err := s.RunHidden(ctx, fmt.Sprintf("globalThis[%q].names()", harness))
	if err != nil {
		return nil, err
	}
	items, ok := value.Export().([]any)
	names := make([]string, len(items))
	for i := range items {
		var isText bool
		names[i], isText = items[i].(string)
		ok = ok && isText
	}
	if !ok {
		return nil, errors.New("the names of the tests cannot be read")
	}
	return names, nil
}

// Run carries out one test of a session that Load has filled; its error is what the test
// threw.
func Run(ctx context.Context, s *runtime.Session, index int) error {
	_, err := s.RunHidden(ctx, fmt.Sprintf("globalThis[%q].run(%d)", harness, index))
	return err
}

// Difference shows line by line what an assertion got and what it wants, as the session prints values; empty
// where one line says it, and for other errors.
func Difference(s *runtime.Session, err error) string {
	var script *runtime.ScriptError
	if !errors.As(err, &script) || script.Class != "AssertionError" {
		return ""
	}
	thrown, ok := script.Value.(*goja.Object)
	if !ok || thrown.Get("got") == nil || thrown.Get("want") == nil {
		return ""
	}
	got, want := s.FormatAll(thrown.Get("got"))+"\n", s.FormatAll(thrown.Get("want"))+"\n"
	if strings.Count(got, "\n") <= 1 && strings.Count(want, "\n") <= 1 {
		return ""
	}
	return string(diff.Diff("want", []byte(want), "got", []byte(got)))
}
