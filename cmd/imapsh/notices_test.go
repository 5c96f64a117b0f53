package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestNotices: the licences that the program prints are those of the modules that it is
// built from, on every system.
func TestNotices(t *testing.T) {
	t.Parallel()
	licence := regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)`)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	dirs := map[string]string{"Go standard library": strings.TrimSpace(string(root))}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		var stderr bytes.Buffer
		list.Stderr = &stderr
		out, err := list.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, stderr.String())
		}
		for line := range strings.Lines(string(out)) {
			if module, dir, found := strings.Cut(strings.TrimSpace(line), "\t"); found {
				dirs[module] = dir
			}
		}
	}
	var want strings.Builder
	want.WriteString("imapsh is built from these modules.\n")
	modules := make([]string, 0, len(dirs))
	for module := range dirs {
		modules = append(modules, module)
	}
	slices.SortFunc(modules, cmp.Compare)
	for _, module := range modules {
		entries, err := os.ReadDir(dirs[module])
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, e := range entries {
			if e.IsDir() || !licence.MatchString(e.Name()) {
				continue
			}
			text, err := os.ReadFile(filepath.Join(dirs[module], e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			count++
			fmt.Fprintf(&want, "\n==== %s: %s\n\n%s\n", module, e.Name(), strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
		}
		if count == 0 {
			t.Errorf("%s has no licence", module)
		}
	}
	if *update {
		if err := os.WriteFile("THIRD_PARTY_NOTICES", []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if notices != want.String() {
		t.Error("THIRD_PARTY_NOTICES is not that of the modules (go test ./cmd/imapsh -run Notices -update writes it anew)")
	}
}
