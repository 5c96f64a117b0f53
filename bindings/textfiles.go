package bindings

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"imapsh/runtime"
)

// textFiles are the functions that read and write small files. They reach the
// working directory, the script's, and DATA_DIR, and nothing else.
func (h Host) textFiles() []*runtime.Func {
	return []*runtime.Func{
		runtime.Define("readText", "Reads a text file.", func(_ context.Context, in pathInput) (string, error) {
			data, err := h.read(in.Path)
			return string(data), err
		}),
		runtime.Define("readJSON", "Reads a JSON file.", func(_ context.Context, in pathInput) (runtime.JSON, error) {
			data, err := h.read(in.Path)
			if err == nil && !json.Valid(data) {
				var value any
				err = runtime.Usagef("%s: it is not JSON: %v", in.Path, json.Unmarshal(data, &value))
			}
			return runtime.JSON(data), err
		}),
		runtime.Define("writeText", "Writes a text file, whole or not at all; gives its path.", func(_ context.Context, in textInput) (string, error) {
			return h.write(in.Path, []byte(in.Text))
		}),
		runtime.Define("writeJSON", "Writes a value as a JSON file, whole or not at all; gives its path.", func(_ context.Context, in jsonInput) (string, error) {
			return h.write(in.Path, []byte(in.Value+"\n"))
		}),
	}
}

type pathInput struct {
	Path string `arg:"path" complete:"path" doc:"path of the file"`
}

type textInput struct {
	Path string `arg:"path" complete:"path" doc:"path of the file"`
	Text string `arg:"text" doc:"what to write"`
}

type jsonInput struct {
	Path  string       `arg:"path" complete:"path" doc:"path of the file"`
	Value runtime.JSON `arg:"value" doc:"what to write"`
}

// mostText bounds what a script reads at once: it is held in memory twice.
const mostText = 64 << 20

func (h Host) read(path string) ([]byte, error) {
	file, err := h.open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostText+1))
	if err != nil {
		return nil, fileError("reading", path, err)
	}
	if len(data) > mostText {
		return nil, runtime.Usagef("%s: it is larger than 64 MiB", path)
	}
	return data, nil
}

func (h Host) write(path string, data []byte) (string, error) {
	root, name, err := h.within(path)
	if err != nil {
		return "", err
	}
	defer root.Close()
	if info, err := root.Stat(name); err == nil && info.IsDir() {
		return "", runtime.Usagef("writing %s: it is a directory", path)
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return "", fileError("writing", path, err)
	}
	part := name + "." + rand.Text()[:8] + ".part" // a name of its own: nobody's file is in the way
	if err := root.WriteFile(part, data, 0o666); err != nil {
		_ = root.Remove(part)
		return "", fileError("writing", path, err)
	}
	if err := root.Rename(part, name); err != nil {
		_ = root.Remove(part)
		return "", fileError("writing", path, err)
	}
	return path, nil
}

// open opens a file for reading. A relative path that is not under the working
// directory is one beside the script.
func (h Host) open(path string) (*os.File, error) {
	file, err := h.openWithin(path)
	if errors.Is(err, fs.ErrNotExist) && h.ScriptDir != "" && !filepath.IsAbs(path) {
		file, err = h.openWithin(filepath.Join(h.ScriptDir, path))
	}
	var usage *runtime.UsageError
	if err != nil && !errors.As(err, &usage) {
		return nil, fileError("reading", path, err)
	}
	return file, err
}

func (h Host) openWithin(path string) (*os.File, error) {
	root, name, err := h.within(path)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // to open a pipe would wait for its writer
		return nil, runtime.Usagef("reading %s: it is not a file", path)
	}
	return root.Open(name)
}

// fileError is a file's trouble in words: the path as it was given, and why.
func fileError(doing, path string, err error) error {
	var inner *os.PathError
	var link *os.LinkError
	var usage *runtime.UsageError
	switch {
	case errors.As(err, &usage):
		return err
	case errors.Is(err, os.ErrNotExist):
		return runtime.Usagef("%s %s: there is no such file", doing, path)
	case errors.As(err, &link): // a rename: one of its names is that of a part
		return runtime.Usagef("%s %s: %v", doing, path, link.Err)
	case errors.As(err, &inner):
		return runtime.Usagef("%s %s: %s", doing, path, strings.TrimSpace(inner.Err.Error()))
	}
	return runtime.Usagef("%s %s: %v", doing, path, err)
}
