package sdc

import (
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"imapsh/naming"
	"imapsh/sdc/internal/datadir"
)

// source is a file of this machine that is to be sent.
type source struct {
	*os.File
	size int64
	sum  []byte      // MD5
	info fs.FileInfo // as it was when it was measured
}

// openSource finds the file: as given, or in the data directory's own layout,
// where a link to a file elsewhere is not followed: what it names is not a file of the archive.
func (c *Client) openSource(name string, named naming.FilePath, open func(string) (*os.File, error)) (*source, error) {
	file, err := openRegular(name, open)
	if !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	path := named.ArchivePath()
	dir := c.openDataDir()
	defer dir.Close()
	file, err = openRegular(path, dir.OpenInside)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usagef("no such file: looked for %s and %s (the data directory keeps files as in the archive, under imap/…)", name, c.LocalPath(path))
	case err != nil:
		return nil, fmt.Errorf("looking for %s in %s: %w", path, dir.Path(), err)
	}
	return file, nil
}

// openFile opens a file without waiting, as opening a pipe otherwise would.
func openFile(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// openRegular opens what can be sent: a file that is not empty.
func openRegular(name string, open func(string) (*os.File, error)) (*source, error) {
	file, err := open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = usagef("%s: it is a directory; name the files in it", name)
	case !info.Mode().IsRegular():
		err = usagef("%s: it is not a file", name)
	case info.Size() == 0: // what a failed copy leaves; the archive never replaces a file
		err = invalidf("%s: it is empty", name)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return &source{File: file, size: info.Size()}, nil
}

// measure reads the file once, for the length and MD5 that go ahead of it.
func (s *source) measure(ctx context.Context) (err error) {
	if s.info, err = s.Stat(); err == nil {
		hash := md5.New()
		s.size, err = io.Copy(hash, datadir.ReaderUntil(ctx, s.File))
		s.sum = hash.Sum(nil)
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", s.Name(), err)
	}
	return nil
}

// changed reports whether the file is no longer what was measured.
func (s *source) changed() bool {
	now, err := s.Stat()
	return err != nil || now.Size() != s.size || !now.ModTime().Equal(s.info.ModTime())
}

// body is the file's bytes, from the beginning.
func (s *source) body(meter *meter) io.Reader {
	meter.set(0, s.size)
	return &meteredReader{r: io.NewSectionReader(s.File, 0, s.size), meter: meter}
}

type meteredReader struct {
	r     io.Reader
	meter *meter
}

func (m *meteredReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.meter.add(int64(n))
	return n, err
}
