package sdc

import (
	"crypto/rand"
	"fmt"
	"os"
	"path"
	"runtime"
)

// part is a file on its way: it has its final name only once it is whole. All
// of it happens inside the data directory, whatever symbolic links lie there.
type part struct {
	*os.File
	root  *os.Root
	name  string // of the .part, in the root
	final string
}

func createPart(dir, archivePath string) (*part, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("making the data directory: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the data directory: %w", err)
	}
	if err := root.MkdirAll(path.Dir(archivePath), 0o777); err != nil {
		root.Close()
		return nil, fmt.Errorf("making the directory of %s in %s: %w", archivePath, dir, err)
	}
	// A name of its own for each transfer: two of one file do not mix their bytes.
	name := fmt.Sprintf("%s.%s.part", archivePath, rand.Text()[:8])
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		root.Close()
		return nil, fmt.Errorf("making %s in %s: %w", name, dir, err)
	}
	return &part{File: file, root: root, name: name, final: archivePath}, nil
}

// commit gives the file its final name, after its bytes are on the disk.
func (p *part) commit() error {
	if err := p.Sync(); err != nil {
		return fmt.Errorf("writing %s: %w", p.final, err)
	}
	if err := p.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", p.final, err)
	}
	if err := p.root.Rename(p.name, p.final); err != nil {
		return fmt.Errorf("naming %s: %w", p.final, err)
	}
	p.name = ""
	return p.syncDirectory()
}

// syncDirectory makes the new name last through a power cut.
func (p *part) syncDirectory() error {
	if runtime.GOOS == "windows" { // a directory cannot be synced there
		return nil
	}
	dir, err := p.root.Open(path.Dir(p.final))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// discard removes what was not committed. It may be called after commit.
func (p *part) discard() {
	p.Close()
	if p.name != "" {
		_ = p.root.Remove(p.name)
	}
	p.root.Close()
}
