package sdc

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestLinksOutOfTheDataDirectory: the user's own link to a directory is followed, one
// that somebody else planted is refused, and no link to a file is ever written through.
func TestLinksOutOfTheDataDirectory(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no link is followed out there")
	}
	for _, link := range []string{"imap", "imap/mag/l0", somePath, somePath + ".part", ownDir, ownDir + "/locks"} {
		for _, o := range []DownloadOptions{{}, {Overwrite: true}, {Verify: true}} {
			for _, planted := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s %+v planted %v", link, o.Verify, planted), func(t *testing.T) {
					inRig(t, func(t *testing.T, r *rig) {
						outside := t.TempDir()
						precious := filepath.Join(outside, someName)
						write(t, precious, []byte("precious"))
						target, isFile := outside, strings.Contains(link, someName)
						if isFile {
							target = precious
						}
						path := r.client.LocalPath(link)
						if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
							t.Fatal(err)
						}
						if err := os.Symlink(target, path); err != nil {
							t.Skip(err)
						}
						if planted {
							if err := os.Lchown(path, 4711, -1); err != nil {
								t.Skip("a link of another user cannot be made: ", err)
							}
						}
						transfer, err := r.download(o)
						if content, _ := os.ReadFile(precious); string(content) != "precious" {
							t.Errorf("a file outside was written: %q", content)
						}
						entries, _ := os.ReadDir(outside)
						switch {
						case isFile && !planted || strings.HasSuffix(link, ".part"):
							if len(entries) != 1 {
								t.Errorf("something outside was made: %v", entries)
							}
						case planted:
							if err == nil || !strings.Contains(err.Error(), "it belongs to user 4711") || len(entries) != 1 {
								t.Errorf("planted: %v, %v", err, entries)
							}
						default:
							if got, readErr := os.ReadFile(transfer.Path); err != nil || readErr != nil || !bytes.Equal(got, r.content) {
								t.Errorf("one's own: %v %v", err, readErr)
							}
						}
					})
				})
			}
		}
	}
}
