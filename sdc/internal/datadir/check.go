package datadir

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
)

// FileState is how a file compares with its verification record.
type FileState string

// The states of files.
const (
	FileIntact     FileState = "intact"     // it is what was verified
	FileChanged    FileState = "changed"    // it is not
	FileMissing    FileState = "missing"    // there is a record and no file
	FileUnrecorded FileState = "unrecorded" // there is a file and no record
)

// FileCheck is what a comparison of a file with its verification record found.
type FileCheck struct {
	State      FileState
	Difference string // what differs of a changed file, such as "size 10, recorded 12"
	Record     Record // the zero value where there is none
	Size       int64  // bytes of the file; 0 where there is none
}

// Check compares a file with its record: by size and modification time, or, when deep, by
// size and hash (SHA-256; MD5 where the record holds no other). What cannot be read is an
// error.
func (d *Dir) Check(ctx context.Context, archive, archivePath string, deep bool) (FileCheck, error) {
	record, known, err := d.Record(archive, archivePath)
	if err != nil {
		return FileCheck{}, err
	}
	info, err := d.stat(archivePath, (*Tree).StatNext)
	if err != nil {
		return FileCheck{}, err
	}
	check := FileCheck{State: FileIntact, Record: record}
	if info != nil {
		check.Size = info.Size()
	}
	switch {
	case info == nil && known:
		check.State = FileMissing
	case info == nil:
		return check, &fs.PathError{Op: "check", Path: archivePath, Err: fs.ErrNotExist}
	case !known:
		check.State = FileUnrecorded
	case info.Size() != record.Size:
		check.Difference = fmt.Sprintf("size %d, recorded %d", info.Size(), record.Size)
	case deep:
		check.Difference, err = d.compareHash(ctx, record)
	case !info.ModTime().Equal(record.ModTime):
		check.Difference = "another modification time"
	}
	if check.Difference != "" {
		check.State = FileChanged
	}
	return check, err
}

// compareHash computes one hash alone: both together take twice the time.
func (d *Dir) compareHash(ctx context.Context, record Record) (difference string, err error) {
	name, want, sum := "SHA-256", record.SHA256, sha256.New()
	if want == "" {
		name, want, sum = "MD5", record.MD5, md5.New()
	}
	if want == "" {
		return "", d.wrap("checking "+record.FilePath, errors.New("its verification record holds no hash"))
	}
	tree, err := d.open(false)
	if err != nil {
		return "", err
	}
	file, err := tree.Open(record.FilePath)
	if err != nil {
		return "", d.wrap("reading "+record.FilePath, err)
	}
	defer file.Close()
	buffer := make([]byte, 256<<10)
	if _, err := io.CopyBuffer(struct{ io.Writer }{sum}, ReaderUntil(ctx, file), buffer); err != nil {
		return "", d.wrap("reading "+record.FilePath, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return fmt.Sprintf("%s %s, recorded %s", name, got, want), nil
	}
	return "", nil
}

// Files are the paths of the files in the archive's part of the directory, whatever their
// names are; what transfers leave there (see [Dir.Clean]) and hidden files are not among
// them. It ends with the first directory that cannot be read.
func (d *Dir) Files() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		tree, err := d.open(false)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err == nil {
			err = tree.Walk(archiveTop, func(name string) error {
				base := path.Base(name)
				if strings.HasPrefix(base, ".") || strings.HasSuffix(base, partEnding) || strings.HasSuffix(base, partNoteEnding) {
					return nil
				}
				if !yield(name, nil) {
					return fs.SkipAll
				}
				return nil
			})
		}
		if err != nil {
			yield("", err)
		}
	}
}
