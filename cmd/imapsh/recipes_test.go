//go:build !windows

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestConsentIsAsked: nothing is added without a yes, which the user types below what
// the recipes may do.
func TestConsentIsAsked(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	home := t.TempDir()
	repo := filepath.Join(home, "swapi")
	if err := os.Mkdir(repo, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(repo, "send.js"), []byte("// Sends a file.\n// @allow upload\nprint('sent');\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "--quiet", "."}, {"add", "."}, {"commit", "--quiet", "-m", "one"}} {
		cmd := exec.Command("git", append([]string{"-c", "user.name=Ada", "-c", "user.email=ada@example.org"}, args...)...)
		cmd.Dir, cmd.Env = repo, append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	for _, test := range []struct {
		answer, want string
		added        bool
	}{
		{"\r", "not accepted: nothing was changed", false},
		{"n\r", "not accepted: nothing was changed", false},
		{"maybe\r", "not accepted: nothing was changed", false},
		{"y\r", "accepted: imapsh swapi/send.js", true},
	} {
		term := startTerminal(t, window{home: home}, "recipes", "add", "swapi")
		term.expect("They may change the archive: upload: send.js")
		term.expect("Accept swapi? [y/N]")
		term.send(test.answer)
		term.expect(test.want)
		record, err := os.ReadFile(filepath.Join(home, "imapsh", "recipes.json"))
		if added := strings.Contains(string(record), `"swapi"`); added != test.added {
			t.Errorf("%q: added %v: %s, %v", test.answer, added, record, err)
		}
	}
}
