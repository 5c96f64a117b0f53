//go:build unix

package sdc

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// TestPipesInPlaceOfFiles are refused, and nobody waits for their other end.
func TestPipesInPlaceOfFiles(t *testing.T) {
	for name, want := range map[string]string{
		somePath:                  "it is not a file",
		somePath + partEnding:     "it is a named pipe, not a regular file",
		somePath + partNoteEnding: "it is a named pipe, not a regular file",
		recordFile:                "it is a named pipe, not a regular file",
		lockFile:                  "it is a named pipe, not a regular file",
		locksDir:                  "it is not a directory",
		"imap/mag":                "it is not a directory",
	} {
		t.Run(name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				path := r.client.LocalPath(name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := syscall.Mkfifo(path, 0o666); err != nil {
					t.Skip(err)
				}
				for _, o := range []DownloadOptions{{}, {Overwrite: true}, {Verify: true}} {
					if _, err := r.download(o); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), r.client.DataDir()) {
						t.Errorf("%+v: %v", o, err)
					}
				}
				if info, err := os.Lstat(path); err != nil || info.Mode().Type() != os.ModeNamedPipe {
					t.Errorf("the pipe is gone: %v", err)
				}
			})
		})
	}
}

// asUser is a child process of another user, in a group.
func asUser(cmd *exec.Cmd, program string, user, group uint32) *exec.Cmd {
	cmd.Path, cmd.Args = program, []string{program}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: user, Gid: group}}
	return cmd
}

// TestGroupOfUsers: what one user of a group made in their directory is in nobody's way.
func TestGroupOfUsers(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can be several users")
	}
	defer syscall.Umask(syscall.Umask(0o022))
	content := someBytes(1<<16, 1)
	store := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, content, `"`+md5Hex(content)+`"`)
	}))
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, store+"/x", http.StatusFound)
	}))
	const group = 5000
	for _, test := range []struct {
		name    string
		prepare func(dir string) error // between the two
		records int                    // that there are at the end
	}{
		{"setgid", func(string) error { return nil }, 2},
		{"a part that the first left", func(dir string) error {
			part := filepath.Join(dir, filepath.FromSlash(strings.ReplaceAll(somePath, "01_v001", "02_v001"))) + partEnding
			return errors.Join(os.WriteFile(part, content[:100], 0o644), os.Chown(part, 4001, group))
		}, 2},
		{"locks that cannot be made", func(dir string) error { return os.Chmod(filepath.Join(dir, locksDir), 0o755) }, 2},
		{"records that cannot be written", func(dir string) error {
			return os.Chmod(filepath.Join(dir, filepath.FromSlash(recordFile)), 0o644)
		}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			top, err := os.MkdirTemp("", "imapsh-group-")
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(top)
			dir, program := filepath.Join(top, "data"), filepath.Join(top, "program")
			own, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			binary, err := os.ReadFile(own)
			if err := errors.Join(err, os.Chmod(top, 0o755), os.WriteFile(program, binary, 0o755),
				os.Mkdir(dir, 0o775), os.Chown(dir, 4000, group), os.Chmod(dir, 0o775|os.ModeSetgid)); err != nil {
				t.Fatal(err)
			}
			names := manyNames(2)
			first := asUser(child(t, "download", api, dir, "SDC_TEST_NAME="+names[0], "HOME="+top), program, 4001, group)
			if err := first.Run(); errors.Is(err, syscall.EPERM) {
				t.Skip(err)
			} else if err != nil {
				t.Fatalf("the first user: %v: %s", err, first.Stderr)
			}
			if err := test.prepare(dir); err != nil {
				t.Fatal(err)
			}
			second := asUser(child(t, "download", api, dir, "SDC_TEST_NAME="+names[1], "HOME="+top), program, 4002, group)
			if err := second.Run(); err != nil {
				t.Errorf("the second user: %v: %s", err, second.Stderr)
			}
			records, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(recordFile)))
			if n := strings.Count(string(records), "\n"); n != test.records {
				t.Errorf("%d records: %v", n, err)
			}
			if files := filesIn(t, dir); len(files) != 2 {
				t.Errorf("files: %v", files)
			}
		})
	}
}
