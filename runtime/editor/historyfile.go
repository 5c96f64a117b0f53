package editor

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"imapsh/runtime/statefile"
)

// historyFormat is the format of the files that this program writes, and the newest one
// that it reads.
const historyFormat = 1

// historyHead is the first line of a file. Files of older versions have none.
const historyHead = `{"format":1}` + "\n"

// maxHead is how many bytes the first line of any format may have.
const maxHead = 256

// historyFile is the file of a history: one entry a line. Writers hold a lock beside it, so
// that none appends to a file that another one is replacing.
type historyFile struct {
	path string
	torn bool // the last line lacks its newline: a writer died
}

// entry is one line of the file.
type entry struct {
	Time time.Time `json:"time"`
	Text string    `json:"text"`
}

// slack is how many lines the file may have beyond the limit before it is written anew.
const slack = 1000

// load returns the statements of the file, oldest first, and makes the file smaller when it
// has grown.
func (f *historyFile) load() ([]string, error) {
	// A rename would replace a link to the file by a file.
	if real, err := filepath.EvalSymlinks(f.path); err == nil {
		f.path = real
	}
	all, lines, err := f.read()
	if err != nil || lines <= historyLimit+slack {
		return texts(all), err
	}
	if err := f.compact(); err != nil {
		// The long file is as good; the next session tries again.
		return texts(all), nil
	}
	return texts(all), nil
}

func texts(all []entry) []string {
	list := make([]string, len(all))
	for i, e := range all {
		list[i] = e.Text
	}
	return list
}

// read returns the entries of the file and how many lines it has.
func (f *historyFile) read() ([]entry, int, error) {
	data, err := statefile.Read(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("reading the history: %w", err)
	}
	if err := statefile.CheckFormat(f.path, data[:min(len(data), maxHead)], historyFormat); err != nil {
		return nil, 0, err
	}
	f.torn = len(data) > 0 && data[len(data)-1] != '\n'
	all := make([]entry, 0, bytes.Count(data, []byte("\n")))
	lines := 0
	for line := range bytes.Lines(data) {
		lines++
		var e entry
		if json.Unmarshal(line, &e) == nil && e.Text != "" {
			all = append(all, e)
		}
	}
	return all, lines, nil
}

// lock waits for the file's lock and returns what releases it. A file system without
// locks goes without: an append is one write, and a compaction is rare.
func (f *historyFile) lock() (unlock func()) {
	if statefile.Check(f.path+".lock") != nil {
		return func() {}
	}
	l := flock.New(f.path+".lock", flock.SetPermissions(0o600))
	_ = l.Lock()
	return func() { _ = l.Close() }
}

// append adds one line with one write.
func (f *historyFile) append(text string) error {
	line, err := encode(entry{Time: time.Now().UTC().Truncate(time.Second), Text: text})
	if err != nil {
		return err
	}
	if f.torn {
		line = append([]byte("\n"), line...)
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("making the history's directory: %w", err)
	}
	defer f.lock()()
	if err := statefile.Check(f.path); err != nil {
		return fmt.Errorf("opening the history: %w", err)
	}
	file, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("opening the history: %w", err)
	}
	// It may be older than this program, and open to others.
	if info, err := file.Stat(); err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = file.Chmod(0o600)
	}
	// Another program may have written it anew since it was read.
	head := make([]byte, maxHead)
	n, err := io.ReadFull(file, head)
	if n == 0 && errors.Is(err, io.EOF) {
		line = append([]byte(historyHead), line...)
	}
	if err = statefile.CheckFormat(f.path, head[:n], historyFormat); err == nil {
		_, err = file.Write(line)
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("writing the history: %w", err)
	}
	f.torn = false
	return nil
}

// compact writes the file anew with what a history keeps of it.
func (f *historyFile) compact() error {
	defer f.lock()()
	all, _, err := f.read() // again: another program may have been faster
	if err != nil {
		return err
	}
	last := make(map[string]int, len(all))
	for i, e := range all {
		last[e.Text] = i
	}
	data := []byte(historyHead)
	skip := len(last) - historyLimit
	for i, e := range all {
		if last[e.Text] != i {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		line, err := encode(e)
		if err != nil {
			return err
		}
		data = append(data, line...)
	}
	if err := statefile.Replace(f.path, data); err != nil {
		return err
	}
	f.torn = false
	return nil
}

// encode makes a line of an entry, with < and & as they are.
func encode(e entry) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, err
	}
	return line.Bytes(), nil
}
