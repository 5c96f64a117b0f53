package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImportsRunOneWay keeps the layers apart: names know nothing, the client no
// JavaScript, the session no IMAP and no terminal.
func TestImportsRunOneWay(t *testing.T) {
	const goja = "github.com/dop251/goja"
	forbidden := map[string][]string{
		"imapsh/naming":           {"imapsh/", "github.com/", "golang.org/x/", "modernc.org/"},
		"imapsh/sdc":              {goja, "imapsh/runtime", "imapsh/bindings", "imapsh/sdc/archive", "imapsh/scripts"},
		"imapsh/sdc/archive":      {goja, "imapsh/runtime", "imapsh/bindings", "imapsh/scripts"},
		"imapsh/runtime":          {"imapsh/naming", "imapsh/sdc", "imapsh/bindings", "imapsh/scripts", "imapsh/runtime/editor", "imapsh/runtime/prompt", "github.com/chzyer/readline", "github.com/gofrs/flock", "golang.org/x/term"},
		"imapsh/runtime/prompt":   {"imapsh/naming", "imapsh/sdc", "imapsh/bindings", "imapsh/scripts"},
		"imapsh/runtime/vttest":   {goja, "imapsh/"},
		"imapsh/runtime/termtext": {goja, "imapsh/"},
		"imapsh/runtime/api":      {goja, "imapsh/naming", "imapsh/sdc", "imapsh/bindings", "github.com/chzyer", "github.com/gofrs", "golang.org/x/term"},
		"imapsh/runtime/editor":   {goja, "imapsh/naming", "imapsh/sdc", "imapsh/bindings"},
		"imapsh/bindings/present": {goja, "imapsh/bindings/", "imapsh/runtime/inspect", "imapsh/runtime/syntax", "imapsh/sdc/archive", "imapsh/scripts", "imapsh/cmd"},
		"imapsh/bindings/sandbox": {"imapsh/naming", "imapsh/sdc", "imapsh/cmd"},
		"imapsh/bindings":         {"imapsh/sdc/archive", "imapsh/scripts", "imapsh/cmd", "imapsh/runtime/prompt", "golang.org/x/term"},
	}
	for pkg, prefixes := range forbidden {
		t.Run(pkg, func(t *testing.T) {
			out, err := exec.Command("go", "list", "-deps", pkg).Output()
			if err != nil {
				t.Fatalf("go list: %v", err)
			}
			for dep := range strings.Lines(string(out)) {
				dep = strings.TrimSpace(dep)
				for _, prefix := range prefixes {
					// The standard library vendors golang.org/x under vendor/.
					if strings.HasPrefix(dep, prefix) && dep != pkg {
						t.Errorf("it imports %s", dep)
					}
				}
			}
		})
	}
}
