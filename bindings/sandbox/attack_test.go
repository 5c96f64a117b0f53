package sandbox_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/bindings/sandbox"
)

// yard is a machine: a working directory, a data directory elsewhere, the program's own
// settings, and a secret outside of all.
type yard struct{ top, work, data, settings, outside string }

func newYard(t *testing.T) yard {
	t.Helper()
	top := t.TempDir()
	y := yard{top, filepath.Join(top, "home", "work"), filepath.Join(top, "data"), filepath.Join(top, "home", ".config", "imapsh"), filepath.Join(top, "outside")}
	for path, text := range map[string]string{
		y.work + "/plain.txt":               "plain",
		y.work + "/sub/inner.txt":           "inner",
		y.work + "/.ssh/id":                 "secret",
		y.work + "/sub/.env":                "secret",
		y.data + "/imap/file.txt":           "data",
		y.settings + "/init.js":             "secret",
		y.settings + "/scripts/r/beside.js": "beside",
		y.outside + "/secret.txt":           "secret",
		y.outside + "/in/x.txt":             "secret",
		y.top + "/home/above.txt":           "secret",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{
		"lnk":      y.outside + "/in", // a directory outside, absolute
		"rel":      "../../outside/in",
		"one":      y.outside + "/secret.txt",
		"dots":     ".ssh",
		"settings": "../.config/imapsh",
		"good":     "sub",
		"goodfile": "sub/inner.txt",
		"loop":     "loop",
		"up":       "..",
		"dangling": "../../outside/new.txt",
		"todata":   y.data,
	} {
		if err := os.Symlink(target, filepath.Join(y.work, link)); err != nil {
			t.Skip(err)
		}
	}
	t.Setenv("HOME", filepath.Join(top, "home"))
	t.Chdir(y.work)
	return y
}

func (y yard) policy() sandbox.Policy {
	return sandbox.Policy{DataDir: func() string { return y.data }, Private: []string{y.settings}, URL: "http://archive.test:8080/prefix"}
}

// TestPaths tries one table of paths with each thing that is done with a path.
func TestPaths(t *testing.T) {
	y := newYard(t)
	tests := []struct {
		name, path string
		allowed    bool
	}{
		{"in the working directory", "plain.txt", true},
		{"below it", "sub/inner.txt", true},
		{"with dots that stay inside", "sub/../plain.txt", true},
		{"a dot and doubled slashes", ".//sub//./inner.txt", true},
		{"up and back", "../work/plain.txt", true},
		{"a link inside", "good/inner.txt", true},
		{"dots after a link inside", "good/../plain.txt", true},
		{"a link to a file inside", "goodfile", true},
		{"the data directory", y.data + "/imap/file.txt", true},
		{"the data directory by dots", "../../data/imap/file.txt", true},
		{"the data directory by a link", "todata/imap/file.txt", true},
		{"absolute", y.work + "/plain.txt", true},
		{"absolute with dots", y.outside + "/../home/work/plain.txt", true},
		{"outside", y.outside + "/secret.txt", false},
		{"outside by dots", "../above.txt", false},
		{"a link outside", "lnk/x.txt", false},
		{"dots after a link outside", "lnk/../secret.txt", false},
		{"a relative link outside", "rel/x.txt", false},
		{"dots after a relative link outside", "rel/../secret.txt", false},
		{"a link to a file outside", "one", false},
		{"up by a link", "up/above.txt", false},
		{"a link that leads nowhere yet", "dangling", false},
		{"a link to itself", "loop", false},
		{"hidden", ".ssh/id", false},
		{"hidden below", "sub/.env", false},
		{"hidden by a link", "dots/id", false},
		{"hidden by dots", "sub/../.ssh/id", false},
		{"the settings", y.settings + "/init.js", false},
		{"the settings by a link", "settings/init.js", false},
		{"the system", "/proc/self/environ", false},
		{"the root", "/etc/passwd", false},
	}
	p := y.policy()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := p.ReadFile(test.path)
			if test.allowed != (err == nil) || strings.Contains(string(text), "secret") {
				t.Errorf("reading: %q, %v", text, err)
			}
			opened, err := p.Open(test.path)
			if test.allowed != (err == nil) {
				t.Errorf("opening: %v", err)
			}
			if opened != nil {
				opened.Close()
			}
			file, err := p.OpenUpload(test.path)
			if test.allowed != (err == nil) {
				t.Errorf("uploading: %v", err)
			}
			if file != nil {
				text, _ := io.ReadAll(file)
				file.Close()
				if strings.Contains(string(text), "secret") {
					t.Errorf("uploading sends %s", text)
				}
			}
			before := y.files(t)
			err = p.WriteFile(test.path, []byte("written"))
			if test.allowed != (err == nil) {
				t.Errorf("writing: %v", err)
			}
			if err != nil && before != y.files(t) {
				t.Errorf("writing changed what is outside:\n%s\n%s", before, y.files(t))
			}
			if info, err := p.Stat(test.path); test.allowed != (err == nil && info != nil) {
				t.Errorf("looking: %v, %v", info, err)
			}
			if found, err := p.Glob(test.path); test.allowed != (err == nil && len(found) == 1) {
				t.Errorf("listing: %v, %v", found, err)
			}
			if err := p.CopyFile(test.path, "copied/copy.txt"); test.allowed != (err == nil) {
				t.Errorf("copying: %v", err)
			}
			if err := p.CopyFile("sub/inner.txt", test.path); test.allowed != (err == nil) {
				t.Errorf("copying to: %v", err)
			}
			if err := p.Remove(test.path); test.allowed != (err == nil) {
				t.Errorf("removing: %v", err)
			}
			if !test.allowed && before != y.files(t) {
				t.Errorf("what is outside was changed:\n%s\n%s", before, y.files(t))
			}
			if test.allowed {
				if err := p.WriteFile(test.path, []byte("again")); err != nil {
					t.Fatal(err)
				}
			}
			dir := filepath.Dir(test.path) + string(filepath.Separator)
			if strings.Contains(test.path, "..") || dir == "./" || test.path == "sub/.env" {
				return // Dir simplifies, or the directory is another matter than the file
			}
			if _, err := p.CheckDataDir(dir); test.allowed != (err == nil) {
				t.Errorf("data directory %s: %v", dir, err)
			}
		})
	}
}

// files are all files outside of the working directory and their text.
func (y yard) files(t *testing.T) string {
	var all strings.Builder
	err := filepath.WalkDir(y.top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		text, err := os.ReadFile(path)
		all.WriteString(path + "=" + string(text) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestDataDirectory(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	for dir, want := range map[string]string{
		"new":             y.work + "/new",
		"sub/new/deep":    y.work + "/sub/new/deep",
		"good/new":        y.work + "/sub/new",
		y.data:            y.data,
		y.data + "/swe":   y.data + "/swe",
		"~/work/mine":     y.work + "/mine",
		".git":            "",
		"sub/.git/x":      "",
		"dots":            "",
		"new/../../above": "",
		"lnk":             "",
		"lnk/..":          "",
		"rel/../in":       "",
		"~":               "",
		"~/.ssh":          "",
		"/":               "",
		y.settings:        "",
	} {
		got, err := p.CheckDataDir(dir)
		if real, e := filepath.EvalSymlinks(y.top); e == nil {
			want = strings.Replace(want, y.top, real, 1)
		}
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v, want %q", dir, got, err, want)
		}
	}
	p.Trusted = true
	if dir, err := p.CheckDataDir("/anywhere"); err != nil || dir != "/anywhere" {
		t.Errorf("what is typed: %s, %v", dir, err)
	}
}

// TestADataDirectoryThatIsNotThereYet may be written to, as a download does.
func TestADataDirectoryThatIsNotThereYet(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	p.DataDir = func() string { return y.top + "/later" }
	if _, err := p.CheckDataDir(y.top + "/later/mag"); err != nil {
		t.Error(err)
	}
	if err := p.WriteFile(y.top+"/later/list.txt", []byte("x")); err != nil {
		t.Error(err)
	}
}

func TestNarrowing(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	p.Read, p.Write, p.NoUpload = []string{"sub"}, []string{y.data}, true
	for path, want := range map[string]bool{"sub/inner.txt": true, "good/inner.txt": true, "plain.txt": false, y.data + "/imap/file.txt": false, "sub/../plain.txt": false} {
		if _, err := p.ReadFile(path); (err == nil) != want {
			t.Errorf("reading %s: %v", path, err)
		}
	}
	for path, want := range map[string]bool{y.data + "/a": true, "sub/a": false, "a": false} {
		if err := p.WriteFile(path, nil); (err == nil) != want {
			t.Errorf("writing %s: %v", path, err)
		}
	}
	if _, err := p.CheckDataDir("sub"); err == nil {
		t.Error("the data directory is set to where nothing may be written")
	}
	if p.Check(sandbox.Upload) == nil {
		t.Error("an upload is not refused")
	}
	p.Trusted = true
	if _, err := p.ReadFile("plain.txt"); err == nil {
		t.Error("what is typed reads what it may not")
	}
}

// TestWideWorkingDirectory refuses the home directory and the root as places, unless
// the user said so.
func TestWideWorkingDirectory(t *testing.T) {
	y := newYard(t)
	for _, dir := range []string{y.top + "/home", "/"} {
		t.Chdir(dir)
		p := y.policy()
		path := strings.TrimPrefix(y.work, dir) + "/plain.txt"
		path = strings.TrimPrefix(path, "/")
		if _, err := p.ReadFile(path); err == nil || !strings.Contains(err.Error(), "--allow-read .") {
			t.Errorf("in %s: %v", dir, err)
		}
		p.ScriptDir = dir // a recipe that lies there
		if _, err := p.ReadFile(path); err == nil {
			t.Errorf("in %s beside a recipe: read", dir)
		}
		p.Read = []string{"."}
		if _, err := p.ReadFile(path); err != nil {
			t.Errorf("in %s with leave: %v", dir, err)
		}
		p = y.policy()
		p.Trusted = true
		if _, err := p.ReadFile(path); err != nil {
			t.Errorf("in %s, typed: %v", dir, err)
		}
	}
}

func TestRecipeAmongTheSettings(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	p.ScriptDir = y.settings + "/scripts/r"
	if text, err := p.ReadFile("beside.js"); err != nil || string(text) != "beside" {
		t.Errorf("%q, %v", text, err)
	}
	for _, path := range []string{"../../init.js", y.settings + "/init.js", y.settings + "/scripts/r/../../init.js"} {
		if _, err := p.ReadFile(path); err == nil {
			t.Errorf("%s is read", path)
		}
	}
}

// TestModules tries what a recipe imports.
func TestModules(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	p.ScriptDir = y.settings + "/scripts/r"
	p.Modules = []string{y.settings + "/scripts", y.top + "/nowhere"}
	narrow := p
	narrow.Read = []string{y.data}
	for name, c := range map[string]struct {
		policy sandbox.Policy
		path   string
		want   string // the name; empty: refused; "-": there is none
	}{
		"in the working directory":   {p, "plain.txt", "plain.txt"},
		"through dots":               {p, "sub/../plain.txt", "plain.txt"},
		"through a link":             {p, "good/inner.txt", "sub/inner.txt"},
		"beside the recipe":          {p, p.ScriptDir + "/beside.js", p.ScriptDir + "/beside.js"},
		"beside, however narrow":     {narrow, p.ScriptDir + "/beside.js", p.ScriptDir + "/beside.js"},
		"where recipes are":          {narrow, y.settings + "/scripts/r/beside.js", p.ScriptDir + "/beside.js"},
		"not there":                  {p, "nothing.js", "-"},
		"not beside":                 {p, p.ScriptDir + "/nothing.js", "-"},
		"no such place":              {p, y.top + "/nowhere/a.js", "-"},
		"the settings":               {p, y.settings + "/init.js", ""},
		"the settings, from a place": {p, y.settings + "/scripts/../init.js", ""},
		"above":                      {p, "../above.txt", ""},
		"a link out":                 {p, "one", ""},
		"a directory out":            {p, "lnk/x.txt", ""},
		"hidden":                     {p, ".ssh/id", ""},
		"a directory":                {p, "sub", ""},
		"narrowed":                   {narrow, "plain.txt", ""},
		"the system":                 {p, "/proc/self/environ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, text, err := c.policy.ReadModule(c.path)
			switch {
			case c.want == "-":
				if !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("%q, %v", got, err)
				}
			case c.want == "":
				if err == nil || errors.Is(err, fs.ErrNotExist) || text != "" {
					t.Errorf("%q, %q, %v", got, text, err)
				}
			case err != nil || got != real(t, c.want) || text == "":
				t.Errorf("%q, %q, %v; want %q", got, text, err, c.want)
			}
		})
	}
}

// real is a path without links, if it is absolute.
func real(t *testing.T, path string) string {
	if !filepath.IsAbs(path) {
		return path
	}
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestArguments(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	p.Args = []string{y.outside + "/secret.txt"}
	file, err := p.OpenUpload(p.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if _, err := p.OpenUpload(y.outside + "/in/../secret.txt"); err == nil {
		t.Error("another path than the argument is uploaded")
	}
	if _, err := p.ReadFile(p.Args[0]); err == nil {
		t.Error("an argument is read")
	}
	if _, err := p.Open(p.Args[0]); err == nil {
		t.Error("an argument is opened")
	}
}

func TestURL(t *testing.T) {
	for url, want := range map[string]bool{
		"http://archive.test:8080":          true,
		"http://archive.test:8080/other":    true,
		"http://ARCHIVE.test:8080":          true,
		"https://api.imap-mission.com":      true,
		"https://imap-mission.com":          true,
		"https://archive.test:8080":         false,
		"http://archive.test":               false,
		"http://api.imap-mission.com":       false,
		"https://notimap-mission.com":       false,
		"https://imap-mission.com.evil.org": false,
		"http://localhost:8080":             false,
		"http://127.0.0.1:8080":             false,
		"http://[::1]:8080":                 false,
	} {
		p := sandbox.Policy{URL: "http://archive.test:8080/prefix"}
		if err := p.CheckURL(url); (err == nil) != want {
			t.Errorf("%s: %v", url, err)
		}
		p.URL = url // it was started for it
		if err := p.CheckURL(url); err != nil {
			t.Errorf("%s as it was started: %v", url, err)
		}
		p.URL, p.Trusted = "", true
		if err := p.CheckURL(url); err != nil {
			t.Errorf("%s typed: %v", url, err)
		}
	}
}

// TestSwappedWhileItIsOpened replaces a directory by a link to the outside again and
// again while it is read: no read may give what is outside.
func TestSwappedWhileItIsOpened(t *testing.T) {
	y := newYard(t)
	p := y.policy()
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			_ = os.Rename("sub", "kept")
			_ = os.Symlink("../../outside", "sub")
			_ = os.Remove("sub")
			_ = os.Rename("kept", "sub")
		}
	}()
	for range 2000 {
		if text, err := p.ReadFile("sub/secret.txt"); err == nil {
			t.Errorf("read %q", text)
			break
		}
	}
	close(stop)
	<-done
}
