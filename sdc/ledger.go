package sdc

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
	"time"
)

// Proof is what this program knows of a file that it completed, or compared
// with the archive's: kept in the data directory's .imapsh/verified/, in one
// file of JSON lines for each directory of the archive. None is read before a
// file of its directory is asked for; the last line of a file counts.
type Proof struct {
	FilePath string       `json:"file_path"` // in the archive
	Size     int64        `json:"size"`      // bytes
	MD5      string       `json:"md5"`       // of the bytes on this machine, in hex
	ETag     string       `json:"etag"`      // that the archive gave; empty if it gave none
	Verified Verification `json:"verified"`  // how the bytes were compared with the archive's
	ModTime  time.Time    `json:"mtime"`     // of the file, which tells a later change
	Time     time.Time    `json:"time"`      // when it was compared
}

// holds tells whether the file on the disk is still the one that was proved.
func (p Proof) holds(info fs.FileInfo) bool {
	return p.Size == info.Size() && p.ModTime.Equal(info.ModTime())
}

// ledger reads and writes the proofs of a data directory.
type ledger struct {
	dir *dataDir

	mu    sync.Mutex
	pages map[string]map[string]Proof // by directory of the archive, then by path
}

func pageName(archivePath string) string {
	return path.Join(ownDir, "verified", path.Dir(archivePath)+".jsonl")
}

// find looks a file up. A page that cannot be read proves nothing: the files
// are compared with the archive's again.
func (l *ledger) find(archivePath string) (Proof, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	page := pageName(archivePath)
	proofs, known := l.pages[page]
	if !known {
		proofs = l.read(page)
		if l.pages == nil {
			l.pages = map[string]map[string]Proof{}
		}
		l.pages[page] = proofs
	}
	proof, ok := proofs[archivePath]
	return proof, ok
}

func (l *ledger) read(page string) map[string]Proof {
	proofs := map[string]Proof{}
	root, err := l.dir.open(false)
	if err != nil {
		return proofs
	}
	file, err := root.Open(page)
	if err != nil {
		return proofs
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) { // what is that long is no proof
			line = nil
			_, err = lines.ReadSlice('\n')
		}
		var proof Proof
		if json.Unmarshal(line, &proof) == nil && proof.FilePath != "" { // a torn line proves nothing
			proofs[proof.FilePath] = proof
		}
		if err != nil {
			break
		}
	}
	return proofs
}

// forget drops what was read, since another process may have written since.
func (l *ledger) forget(archivePath string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.pages, pageName(archivePath))
}

// mend is what goes before a line: a newline if the last one was torn, which would
// swallow it.
func mend(page *os.File) []byte {
	last := []byte{'\n'}
	if info, err := page.Stat(); err == nil && info.Size() > 0 {
		_, _ = page.ReadAt(last, info.Size()-1)
	}
	if last[0] == '\n' {
		return nil
	}
	return []byte{'\n'}
}

// add appends a proof. One write of one short line: processes that append at
// the same time do not mix.
func (l *ledger) add(proof Proof) error {
	page := pageName(proof.FilePath)
	root, err := l.dir.openFor(page)
	if err != nil {
		return err
	}
	line, err := json.Marshal(proof)
	if err != nil {
		return err
	}
	file, err := root.OpenFile(page, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return fmt.Errorf("recording that %s is whole: %w", proof.FilePath, err)
	}
	_, err = file.Write(slices.Concat(mend(file), line, []byte("\n")))
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("recording that %s is whole: %w", proof.FilePath, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if proofs := l.pages[page]; proofs != nil {
		proofs[proof.FilePath] = proof
	}
	return nil
}
