package sandbox

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"imapsh/runtime/api"
)

// maxText bounds what a recipe reads at once: it is held in memory twice.
const maxText = 64 << 20

// ReadFile reads a file. A relative path that is not under the working directory is one
// beside the recipe.
func (p Policy) ReadFile(path string) ([]byte, error) {
	file, err := p.open("reading "+path, path)
	if errors.Is(err, fs.ErrNotExist) && p.ScriptDir != "" && !filepath.IsAbs(path) {
		file, err = p.open("reading "+path, p.ScriptDir+string(filepath.Separator)+path)
	}
	if err != nil {
		return nil, describe("reading "+path, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxText+1))
	if err != nil {
		return nil, describe("reading "+path, err)
	}
	if len(data) > maxText {
		return nil, api.Usagef("%s: it is larger than 64 MiB", path)
	}
	return data, nil
}

// WriteFile writes a file, whole or not at all, and makes the directories that it needs.
func (p Policy) WriteFile(path string, data []byte) error {
	return p.write("writing "+path, path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// OpenUpload opens a file that is to be uploaded: what code may read, what its user
// named in the arguments, and for trusted code any file. The error is fs.ErrNotExist
// when there is none.
func (p Policy) OpenUpload(path string) (*os.File, error) {
	if p.Trusted || p.named(path) {
		return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	}
	return p.open("uploading "+path, path)
}

// open opens a file for reading. What is no file is not waited for: to open a pipe
// would wait for its writer.
func (p Policy) open(doing, path string) (*os.File, error) {
	at, err := p.resolve(doing, path, p.Read)
	if err != nil {
		return nil, err
	}
	defer at.close()
	return at.open(doing)
}

// open opens the file that a path leads to.
func (at *location) open(doing string) (*os.File, error) {
	if at.info == nil {
		return nil, fs.ErrNotExist
	}
	if !at.info.Mode().IsRegular() {
		return nil, api.Usagef("%s: it is not a file", doing)
	}
	file, err := at.dir().OpenFile(at.name(), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !os.SameFile(info, at.info) {
		file.Close()
		return nil, api.Usagef("%s: it was replaced while it was opened", doing)
	}
	return file, nil
}

// describe is an error of a file in words: the path as it was given, and why.
func describe(doing string, err error) error {
	var inner *fs.PathError
	var link *os.LinkError
	var usage *api.UsageError
	switch {
	case errors.As(err, &usage):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return api.Usagef("%s: there is no such file", doing)
	case errors.As(err, &link): // a rename: one of its names is that of a part
		return api.Usagef("%s: %v", doing, link.Err)
	case errors.As(err, &inner):
		return api.Usagef("%s: %s", doing, strings.TrimSpace(inner.Err.Error()))
	}
	return api.Usagef("%s: %v", doing, err)
}

// ReadModule reads a file that a script imports, and gives its path without symbolic
// links, relative to the working directory where it lies in it. Beside what ReadFile
// reads it reaches the recipe's own directory, whatever --allow-read names, and the
// directories that recipes are found in. The error is fs.ErrNotExist where there is none.
func (p Policy) ReadModule(path string) (name, text string, err error) {
	for _, dir := range p.Modules {
		below, err := filepath.Rel(dir, path)
		if err != nil || !filepath.IsLocal(below) {
			continue
		}
		if _, err := os.Stat(dir); err != nil { // nobody keeps recipes there
			return "", "", fs.ErrNotExist
		}
	}
	for _, q := range p.modulePolicies() {
		file, absolute, found := q.openModule(path)
		if err == nil || found == nil || errors.Is(found, fs.ErrNotExist) {
			err = found
		}
		if found != nil {
			continue
		}
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, maxModule+1))
		switch {
		case err != nil:
			return "", "", describe("reading "+path, err)
		case len(data) > maxModule:
			return "", "", api.Usagef("%s: it is larger than 16 MiB", path)
		}
		return fromWorking(absolute), string(data), nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", fs.ErrNotExist
	}
	return "", "", describe("reading "+path, err)
}

// maxModule bounds the text of a module.
const maxModule = 16 << 20

// modulePolicies are those by which modules are read, one after the other.
func (p Policy) modulePolicies() []Policy {
	policies := []Policy{p}
	for _, dir := range append([]string{p.ScriptDir}, p.Modules...) {
		if dir != "" {
			policies = append(policies, Policy{Trusted: p.Trusted, ScriptDir: dir, Read: []string{dir}, Private: p.Private})
		}
	}
	return policies
}

func (p Policy) openModule(path string) (*os.File, string, error) {
	at, err := p.resolve("reading "+path, path, p.Read)
	if err != nil {
		return nil, "", err
	}
	defer at.close()
	file, err := at.open("reading " + path)
	return file, at.absolute(), err
}

// fromWorking is a path relative to the working directory, if it lies in it.
func fromWorking(path string) string {
	working, err := os.Getwd()
	if err != nil {
		return path
	}
	if name, err := filepath.Rel(resolved(working), path); err == nil && filepath.IsLocal(name) {
		return name
	}
	return path
}
