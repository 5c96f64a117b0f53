package main

import (
	"bytes"
	"os"
	"os/exec"
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
	session, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	offered := session.API()
	text := offered.TypeScript()
	for _, name := range offered.Names() {
		if !strings.Contains(text, "declare function "+name+"(") && !strings.Contains(text, "declare function "+name+"<") &&
			!strings.Contains(text, "declare class "+name+" ") && !strings.Contains(text, "declare const "+name+":") {
			t.Errorf("%s is not declared", name)
		}
	}
}

// TestReference: the page of the API is that of the program, and names all that there is.
func TestReference(t *testing.T) {
	page, code := runProgram(t, "help", "api")
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, page)
	}
	golden(t, "api.md", page)
	session, err := everything()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range session.API().Names() {
		if !strings.Contains(page, "### `"+name) && !strings.Contains(page, "### `new "+name) {
			t.Errorf("the page lacks %s", name)
		}
	}
	for _, f := range session.API().Funcs {
		for _, option := range f.Options {
			if !strings.Contains(page, "| `"+option.Name+"` | ") {
				t.Errorf("the page lacks option %s of %s", option.Name, f.Name)
			}
		}
	}
}

// TestHelpAPI explains one name as the shell does.
func TestHelpAPI(t *testing.T) {
	for _, name := range []string{"query", "FileList.latest", "ScienceFilePath.generateFromInputs", "config", "AuthError", "print", "args"} {
		text, code := runProgram(t, "help", "api", name)
		shell, shellCode := runProgram(t, "--norc", "-e", "help('"+name+"')")
		if code != 0 || shellCode != 0 || text != shell {
			t.Errorf("%s: exit codes %d and %d\n%s\nthe shell says\n%s", name, code, shellCode, text, shell)
		}
	}
	if text, code := runProgram(t, "help", "api", "qery"); code != exitUsage || !strings.Contains(text, `nothing is called "qery"; did you mean "query"?`) {
		t.Errorf("exit code %d\n%s", code, text)
	}
	if words, _ := runProgram(t, "__complete", "help", "api", ""); !strings.Contains(words, "FileList.latest\n") {
		t.Errorf("completion gives\n%s", words)
	}
}

// TestDocs writes a man page for each command, and completions that the shells can read.
func TestDocs(t *testing.T) {
	dir := t.TempDir()
	out, code := runProgram(t, "docs", dir)
	if code != 0 || !strings.HasSuffix(out, " files in "+dir+"\n") {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	c := &cli{env: func(string) string { return "" }}
	for _, command := range c.rootCommand().Commands() {
		if command.Hidden {
			continue
		}
		page, err := os.ReadFile(filepath.Join(dir, "man/man1/imapsh-"+command.Name()+".1"))
		if err != nil || !strings.Contains(string(page), command.Short) || !strings.Contains(string(page), ".SH OPTIONS") {
			t.Errorf("the page of %s: %v\n%s", command.Name(), err, page)
		}
	}
	for _, name := range []string{"man/man1/imapsh.1", "completions/imapsh.bash", "completions/_imapsh", "completions/imapsh.fish", "api.md"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if bash, err := exec.LookPath("bash"); err == nil {
		if out, err := exec.Command(bash, "-n", filepath.Join(dir, "completions/imapsh.bash")).CombinedOutput(); err != nil {
			t.Errorf("bash: %v\n%s", err, out)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, code := runProgram(t, "docs", file); code != exitUsage || !strings.Contains(out, "docs: mkdir ") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
