package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// runProgram runs the program without a terminal.
func runProgram(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	var both bytes.Buffer
	c := &cli{stdin: strings.NewReader(""), stdout: &both, stderr: &both, env: func(string) string { return "" }}
	code = c.run(t.Context(), args)
	return both.String(), code
}

// golden compares a file of the repository with what the program makes of it, or writes
// it with -update.
func golden(t *testing.T, path, made string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(kept), made); diff != "" {
		t.Errorf("%s (-kept +made; go test ./cmd/imapsh -update writes it anew)\n%s", path, diff)
	}
}

// TestTypes: the declarations beside the recipes are those of the program.
func TestTypes(t *testing.T) {
	dir := t.TempDir()
	out, code := runProgram(t, "types", dir)
	want := filepath.Join(dir, typesFile) + "\n" + filepath.Join(dir, configFile) + "\n"
	if code != 0 || out != want {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	for _, name := range []string{typesFile, configFile} {
		made, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("../../scripts", name), string(made))
	}
	printed, code := runProgram(t, "types")
	if kept, err := os.ReadFile(filepath.Join(dir, typesFile)); err != nil || code != 0 || printed != string(kept) {
		t.Errorf("what is printed is not what is written (exit code %d, %v)", code, err)
	}

	if err := os.WriteFile(filepath.Join(dir, configFile), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, code := runProgram(t, "types", dir); code != 0 || out != filepath.Join(dir, typesFile)+"\n" {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if kept, err := os.ReadFile(filepath.Join(dir, configFile)); err != nil || string(kept) != "mine" {
		t.Errorf("somebody's own %s is %q (%v)", configFile, kept, err)
	}
	if out, code := runProgram(t, "types", filepath.Join(dir, "none")); code != exitUsage || !strings.Contains(out, "types: open ") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

// TestTypesAreComplete: whatever a session offers has a declaration.
func TestTypesAreComplete(t *testing.T) {
	offered, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	text := offered.TypeScript()
	for _, name := range offered.Names() {
		if !strings.Contains(text, "declare function "+name+"(") && !strings.Contains(text, "declare function "+name+"<") &&
			!strings.Contains(text, "declare class "+name+" ") && !strings.Contains(text, "declare const "+name+":") {
			t.Errorf("%s is not declared", name)
		}
	}
}
