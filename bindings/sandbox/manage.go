package sandbox

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"imapsh/runtime/api"
)

// Stat says what there is at a path that may be read; nil where there is nothing. A
// relative path that is not under the working directory is one beside the recipe.
func (p Policy) Stat(path string) (fs.FileInfo, error) {
	doing := "looking at " + path
	info, err := p.stat(doing, path)
	if err == nil && info == nil && p.ScriptDir != "" && !filepath.IsAbs(path) {
		info, err = p.stat(doing, p.ScriptDir+string(filepath.Separator)+path)
	}
	if err != nil {
		return nil, describe(doing, err)
	}
	return info, nil
}

func (p Policy) stat(doing, path string) (fs.FileInfo, error) {
	at, err := p.resolve(doing, path, p.Read)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer at.close()
	return at.info, nil
}

// Remove removes a file where code may write, and no directory.
func (p Policy) Remove(path string) error {
	doing := "removing " + path
	at, err := p.resolve(doing, path, p.Write)
	if err != nil {
		return describe(doing, err)
	}
	defer at.close()
	switch {
	case at.info == nil:
		return describe(doing, fs.ErrNotExist)
	case !at.info.Mode().IsRegular():
		return api.Usagef("%s: it is not a file", doing)
	}
	if err := at.dir().Remove(at.name()); err != nil {
		return describe(doing, err)
	}
	return nil
}

// CopyFile writes a copy of a file, whole or not at all, and makes the directories that
// it needs.
func (p Policy) CopyFile(from, to string) error {
	file, err := p.open("copying "+from, from)
	if errors.Is(err, fs.ErrNotExist) && p.ScriptDir != "" && !filepath.IsAbs(from) {
		file, err = p.open("copying "+from, p.ScriptDir+string(filepath.Separator)+from)
	}
	if err != nil {
		return describe("copying "+from, err)
	}
	defer file.Close()
	return p.write("copying to "+to, to, func(w io.Writer) error {
		_, err := io.Copy(w, file)
		return err
	})
}

// write makes a file anew, under a name of its own until it is whole.
func (p Policy) write(doing, path string, fill func(io.Writer) error) error {
	p.makeDataDir(path)
	to, err := p.resolve(doing, path, p.Write)
	if err != nil {
		return describe(doing, err)
	}
	defer to.close()
	if to.info != nil && !to.info.Mode().IsRegular() {
		return api.Usagef("%s: it is not a file", doing)
	}
	name := to.name()
	if err := to.dir().MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return describe(doing, err)
	}
	part := name + "." + rand.Text()[:8] + ".part" // a name of its own: nobody's file is in the way
	err = fillFile(to.dir(), part, fill)
	if err == nil {
		err = to.dir().Rename(part, name)
	}
	if err != nil {
		_ = to.dir().Remove(part)
		return describe(doing, err)
	}
	return nil
}

func fillFile(dir *os.Root, name string, fill func(io.Writer) error) error {
	file, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
