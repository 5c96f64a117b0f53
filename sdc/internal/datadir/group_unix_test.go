//go:build unix

package datadir

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestGroup: what is made in a group's directory is the group's, whatever the umask.
func TestGroup(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o022))
	const setgid = fs.ModeSetgid
	for _, test := range []struct {
		name   string
		parent fs.FileMode
		dir    fs.FileMode
		file   fs.FileMode
	}{
		{"a group's", 0o775 | setgid, 0o775 | setgid, 0o664},
		{"a group's alone", 0o770 | setgid, 0o775 | setgid, 0o664},
		{"a group's without setgid", 0o775, 0o775, 0o664},
		{"a user's", 0o755, 0o755, 0o644},
		{"a user's with setgid", 0o755 | setgid, 0o755 | setgid, 0o644},
	} {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			if err := os.Chmod(parent, test.parent); err != nil {
				t.Fatal(err)
			}
			tree, err := Make(filepath.Join(parent, "data"))
			if err != nil {
				t.Fatal(err)
			}
			defer tree.Close()
			if err := tree.MkdirAll("a/b"); err != nil {
				t.Fatal(err)
			}
			file, err := tree.OpenShared("a/b/records", os.O_RDWR|os.O_CREATE)
			if err != nil {
				t.Fatal(err)
			}
			file.Close()
			for name, want := range map[string]fs.FileMode{"data": test.dir, "data/a": test.dir, "data/a/b": test.dir, "data/a/b/records": test.file} {
				info, err := os.Stat(filepath.Join(parent, name))
				if err != nil {
					t.Fatal(err)
				}
				if got := info.Mode() &^ fs.ModeDir; got != want {
					t.Errorf("%s: %v, want %v", name, got, want)
				}
			}
		})
	}
}

// TestNoFiles: what is in the place of a file is refused and not waited for.
func TestNoFiles(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666); err != nil {
		t.Skip(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "directory"), 0o777); err != nil {
		t.Fatal(err)
	}
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	for _, name := range []string{"pipe", "directory"} {
		for _, flag := range []int{os.O_RDONLY, os.O_RDWR | os.O_CREATE, os.O_WRONLY | os.O_CREATE | os.O_TRUNC, os.O_RDWR | os.O_APPEND} {
			if _, err := tree.OpenFile(name, flag); !IsNotRegular(err) {
				t.Errorf("%s, %x: %v", name, flag, err)
			}
		}
		if _, err := tree.Open(name); !IsNotRegular(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
