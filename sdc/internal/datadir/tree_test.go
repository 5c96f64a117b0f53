package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func mkdir(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
}

func symlink(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skip(err)
	}
}

// TestLinks: what a name means, whatever links lie on the way.
func TestLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no link is followed out there")
	}
	top := t.TempDir()
	dir, disk := filepath.Join(top, "data"), filepath.Join(top, "disk")
	mkdir(t, filepath.Join(dir, "imap", "swe"))
	mkdir(t, filepath.Join(disk, "mag", "l1a"))
	mkdir(t, filepath.Join(disk, "far"))
	for path, text := range map[string]string{
		filepath.Join(disk, "mag", "l1a", "a"): "mag", filepath.Join(disk, "far", "b"): "far", filepath.Join(dir, "imap", "swe", "c"): "swe",
	} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	symlink(t, filepath.Join(disk, "mag"), filepath.Join(dir, "imap", "mag"))
	symlink(t, "../../disk/mag", filepath.Join(dir, "imap", "relative"))
	symlink(t, "swe", filepath.Join(dir, "imap", "inside"))
	symlink(t, "../far", filepath.Join(disk, "mag", "onwards"))
	symlink(t, filepath.Join(disk, "mag", "l1a", "a"), filepath.Join(dir, "imap", "file"))
	symlink(t, filepath.Join(disk, "gone"), filepath.Join(dir, "imap", "dangling"))
	symlink(t, "loop", filepath.Join(dir, "imap", "loop"))
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	for name, want := range map[string]string{
		"imap/mag/l1a/a": "mag", "imap/relative/l1a/a": "mag", "imap/inside/c": "swe", "imap/mag/onwards/b": "far",
		"imap/file": "mag", "imap/dangling/x": "", "imap/loop/x": "", "../disk/far/b": "", "imap/mag/none": "",
	} {
		text, err := tree.ReadFile(name, 100)
		if string(text) != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
	if _, err := tree.Stat("imap/dangling/x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("dangling: %v", err)
	}
	if err := tree.MkdirAll("imap/mag/l2/2026"); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(filepath.Join(disk, "mag", "l2", "2026")); err != nil || !info.IsDir() {
		t.Errorf("made beyond a link: %v", err)
	}
	if _, err := tree.OpenFile("imap/file", os.O_RDWR); !IsNotRegular(err) || !strings.Contains(err.Error(), "a symbolic link") {
		t.Errorf("writing through a link: %v", err)
	}
	var seen []string
	if err := tree.Walk("imap", func(name string) error { seen = append(seen, name); return nil }); err != nil {
		t.Error(err)
	}
	if got := strings.Join(seen, " "); !strings.Contains(got, "imap/mag/l1a/a") || !strings.Contains(got, "imap/mag/onwards/b") {
		t.Errorf("walked: %s", got)
	}
}

func TestLimitOfReadFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), make([]byte, 11), 0o666); err != nil {
		t.Fatal(err)
	}
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if _, err := tree.ReadFile("x", 10); err == nil {
		t.Error("a longer file was read")
	}
	if text, err := tree.ReadFile("x", 11); err != nil || len(text) != 11 {
		t.Errorf("%d %v", len(text), err)
	}
}

// TestStatNext describes what Stat does, whatever lies in a directory.
func TestStatNext(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"a", "b"} {
		mkdir(t, filepath.Join(top, dir))
		for _, name := range []string{"1", "22"} {
			if err := os.WriteFile(filepath.Join(top, dir, name), []byte(dir+name), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	symlink(t, "../b/22", filepath.Join(top, "a", "link"))
	symlink(t, "b", filepath.Join(top, "linked"))
	tree, err := Open(top)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	for _, name := range []string{"a/1", "a/22", "b/1", "a/link", "a/none", "none/1", "linked/22", "b", "a/1"} {
		want, wantErr := tree.Stat(name)
		got, err := tree.StatNext(name)
		if fmt.Sprint(err) != fmt.Sprint(wantErr) || err == nil && (got.Size() != want.Size() || got.Mode() != want.Mode() || !os.SameFile(got, want)) {
			t.Errorf("%s: %v %v, Stat %v %v", name, got, err, want, wantErr)
		}
	}
}

// TestLinkWhoseDirectoryWasMoved: a relative link means what it means where it lies, not
// where the path of its directory leads by now.
func TestLinkWhoseDirectoryWasMoved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no link is followed out there")
	}
	for _, isFile := range []bool{false, true} {
		for _, moved := range []bool{false, true} {
			top := t.TempDir()
			for _, dir := range []string{"a/data/imap", "a/disk", "b/data/imap", "b/disk"} {
				mkdir(t, filepath.Join(top, dir))
			}
			for _, name := range []string{"a/disk/f", "b/disk/f"} {
				if err := os.WriteFile(filepath.Join(top, name), []byte(name), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			link, name := "l0", "imap/l0/f"
			target := "../../disk"
			if isFile {
				link, name, target = "f", "imap/f", "../../disk/f"
			}
			symlink(t, target, filepath.Join(top, "a/data/imap", link))
			tree, err := Open(filepath.Join(top, "a/data"))
			if err != nil {
				t.Fatal(err)
			}
			defer tree.Close()
			if moved { // another directory takes the place of the one that is open
				for _, r := range [][2]string{{"a", "c"}, {"b", "a"}} {
					if err := os.Rename(filepath.Join(top, r[0]), filepath.Join(top, r[1])); err != nil {
						t.Fatal(err)
					}
				}
			}
			text, err := tree.ReadFile(name, 100)
			switch {
			case moved && (err == nil || !IsRefusedLink(err)):
				t.Errorf("file %v: read %q, %v", isFile, text, err)
			case !moved && (err != nil || string(text) != "a/disk/f"):
				t.Errorf("file %v: read %q, %v", isFile, text, err)
			}
		}
	}
}
