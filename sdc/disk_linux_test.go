package sdc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"imapsh/sdc/internal/datadir"
)

// childOnDisk downloads to a file system of its own.
func childOnDisk() error {
	if os.Getenv("SDC_TEST_DISK") == "full" {
		return childWithFullDisk()
	}
	return childWithReadOnlyDisk()
}

// childWithFullDisk downloads into a file system that has room for one and a
// half of the files; there is more room when the first call has failed.
func childWithFullDisk() error {
	dir := os.Getenv("SDC_TEST_DIR")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		return fmt.Errorf("no file system: %w", err)
	}
	client, err := childClient()
	if err != nil {
		return err
	}
	names := manyNames(50)
	report, err := client.DownloadAll(context.Background(), names, DownloadOptions{Concurrency: 1})
	if !errors.Is(err, syscall.ENOSPC) || ReasonOf(err) != DiskFull || len(report.With(Downloaded)) != 1 || len(report.With(Failed)) != 49 {
		return fmt.Errorf("with a full disk: %s: %w", report.Summary(), err)
	}
	if _, err := os.Stat(report[1].Path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is a file: %w", err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=100m"); err != nil {
		return err
	}
	report, err = client.DownloadAll(context.Background(), names[:2], DownloadOptions{})
	if err != nil || report[1].Bytes >= 2<<20 || report[1].Bytes == 0 {
		return fmt.Errorf("with room: %+v: %w", report, err)
	}
	for _, transfer := range report {
		got, err := os.ReadFile(transfer.Path)
		if err != nil || !bytes.Equal(got, someBytes(2<<20, 1)) {
			return fmt.Errorf("%d bytes: %w", len(got), err)
		}
	}
	return nil
}

func childWithReadOnlyDisk() error {
	dir := os.Getenv("SDC_TEST_DIR")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_RDONLY, ""); err != nil {
		return fmt.Errorf("no file system: %w", err)
	}
	client, err := childClient()
	if err != nil {
		return err
	}
	_, err = client.Download(context.Background(), someName, DownloadOptions{})
	if !errors.Is(err, syscall.EROFS) || !strings.Contains(err.Error(), dir) || ReasonOf(err) != DataDirDenied {
		return fmt.Errorf("on a read-only disk: %w", err)
	}
	return nil
}

func TestDisks(t *testing.T) {
	content := someBytes(2<<20, 1)
	var asked atomic.Int64
	store := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		serve(w, r, content, `"`+md5Hex(content)+`"`)
	}))
	api := counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, store+"/x", http.StatusFound)
	}))
	for name, most := range map[string]int64{"full": 4, "readonly": 0} {
		t.Run(name, func(t *testing.T) {
			asked.Store(0)
			cmd := child(t, "disk", api, t.TempDir(), "SDC_TEST_DISK="+name)
			cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
				UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
				GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}}
			err := cmd.Run()
			if text := fmt.Sprint(cmd.Stderr); err != nil && (cmd.ProcessState == nil || strings.Contains(text, "no file system")) {
				t.Skip("a file system cannot be mounted here: ", err, text)
			} else if err != nil {
				t.Errorf("%v: %s", err, text)
			}
			if n := asked.Load(); n > most {
				t.Errorf("the store was asked %d times", n)
			}
		})
	}
}

// TestUploadOfAPipe: it is not waited for.
func TestUploadOfAPipe(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		path := t.TempDir() + "/" + someName
		if err := syscall.Mkfifo(path, 0o666); err != nil {
			t.Skip(err)
		}
		if _, err := r.client.Upload(t.Context(), path, UploadOptions{}); err == nil || !strings.Contains(err.Error(), "it is not a file") {
			t.Error(err)
		}
	})
}

// TestDirectoryThatCannotBeSynced: a file has its name all the same.
func TestDirectoryThatCannotBeSynced(t *testing.T) {
	tree, err := datadir.Open("/proc/self")
	if err != nil {
		t.Skip(err)
	}
	defer tree.Close()
	if dir, err := os.Open("/proc/self/fd"); err != nil || !errors.Is(dir.Sync(), syscall.EINVAL) {
		t.Skip("such a directory can be synced here: ", err)
	}
	if err := tree.SyncDir("fd"); err != nil {
		t.Error(err)
	}
	if err := tree.SyncDir("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
}

// TestFullDiskStopsTheRest, whatever system call it shows in.
func TestFullDiskStopsTheRest(t *testing.T) {
	err := fmt.Errorf("writing: %w", &os.PathError{Op: "sync", Err: syscall.ENOSPC})
	if !stopsAll(err) || ReasonOf(err) != DiskFull {
		t.Errorf("the others go on, reason %q", ReasonOf(err))
	}
}
