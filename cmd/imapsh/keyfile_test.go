package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"imapsh/sdc/archive/archivetest"
)

// TestKeyFile: the key of a file is one that only its owner can read, and its errors
// name the file and never the key.
func TestKeyFile(t *testing.T) {
	url := archivetest.Serve(t, sampleArchive())
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil { // whatever the umask
			t.Fatal(err)
		}
		return path
	}
	good := write("good", "secret-key\n", 0o600)
	wrong := write("wrong", "wrong-key\n", 0o400)
	for _, test := range []struct {
		name string
		args []string
		env  map[string]string
		want string
		code int
		unix bool // only there
	}{
		{"flag", []string{"--api-key-file", good}, nil, "<set>", 0, false},
		{"variable", nil, map[string]string{"IMAP_API_KEY_FILE": good}, "<set>", 0, false},
		{"flag over the variable of a key", []string{"--api-key-file", good}, map[string]string{"IMAP_API_KEY": "wrong-key"}, "<set>", 0, false},
		{"key over the variable of a file", []string{"--api-key", "secret-key"}, map[string]string{"IMAP_API_KEY_FILE": wrong}, "<set>", 0, false},
		{"both flags", []string{"--api-key-file", good, "--api-key", "x"}, nil, "give one of them", 2, false},
		{"wrong key", []string{"--api-key-file", wrong}, nil, "the API key was refused", 4, false},
		{"not there", []string{"--api-key-file", good + "x"}, nil, "imapsh: API key: ", 2, false},
		{"empty", []string{"--api-key-file", write("empty", " \n", 0o600)}, nil, "empty: it is empty", 2, false},
		{"several lines", []string{"--api-key-file", write("lines", "secret-key\nsecret-key\n", 0o600)}, nil, "a line break", 2, false},
		{"long", []string{"--api-key-file", write("long", strings.Repeat("secret-key", 1000), 0o600)}, nil, "longer than", 2, false},
		{"directory", []string{"--api-key-file", t.TempDir()}, nil, "it is not a file", 2, false},
		{"readable by all", []string{"--api-key-file", write("open", "secret-key", 0o644)}, nil, "others than its owner may use it (mode 0644)\nhint: chmod 600 ", 2, true},
		{"readable by the group", []string{"--api-key-file", write("group", "secret-key", 0o640)}, nil, "(mode 0640)", 2, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.unix && runtime.GOOS == "windows" {
				t.Skip("files have no mode there")
			}
			var out bytes.Buffer
			c := &cli{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(name string) string { return test.env[name] }}
			args := append([]string{"--norc", "--url", url}, test.args...)
			code := c.run(t.Context(), append(args, "-p", "query({instrument: 'swe', start_date: '20260105', end_date: '20260105'}), config.API_KEY"))
			if code != test.code || !strings.Contains(out.String(), test.want) || strings.Contains(out.String(), "secret-key") {
				t.Errorf("exit code %d, want %d\n%s", code, test.code, out.String())
			}
		})
	}
}

// TestRecipesDoNotReadTheKeyFile, wherever it lies.
func TestRecipesDoNotReadTheKeyFile(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("key.txt", []byte("secret-key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Link("key.txt", "other.txt"); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"key.txt", "./key.txt", "other.txt"} {
		var out bytes.Buffer
		c := &cli{stdin: strings.NewReader("print(readText('" + name + "'))"), stdout: &out, stderr: &out, env: func(string) string { return "" }}
		if code := c.run(t.Context(), []string{"--norc", "--api-key-file", "key.txt", "-"}); code == 0 || strings.Contains(out.String(), "secret-key") {
			t.Errorf("%s: exit code %d\n%s", name, code, out.String())
		}
	}
}
