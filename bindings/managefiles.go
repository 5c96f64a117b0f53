package bindings

import (
	"context"

	"imapsh/runtime/api"
	"imapsh/runtime/home"
)

type globInput struct {
	Pattern string `arg:"pattern" complete:"path" doc:"such as 'out/*.csv'; ** stands for any directories"`
}

type copyInput struct {
	From string `arg:"from" complete:"path" doc:"path of the file"`
	To   string `arg:"to" complete:"path" doc:"path of the copy"`
}

// manageFiles are the functions that find, copy and remove files, where the sandbox
// allows.
func (h Host) manageFiles() []*api.Func {
	return []*api.Func{
		api.Define("listFiles", "Lists the files whose paths match a pattern, sorted.", func(_ context.Context, in globInput) ([]string, error) {
			return h.Sandbox.Glob(home.Expand(in.Pattern))
		}),
		api.Define("exists", "Reports whether there is a file or a directory.", func(_ context.Context, in pathInput) (bool, error) {
			info, err := h.Sandbox.Stat(home.Expand(in.Path))
			return info != nil, err
		}),
		api.Define("stat", "Says of a file or a directory its path, type ('file' or 'directory'), size in bytes and when it was modified.", h.stat),
		api.Define("remove", "Removes a file; gives its path.", func(_ context.Context, in pathInput) (string, error) {
			return in.Path, h.Sandbox.Remove(home.Expand(in.Path))
		}),
		api.Define("copyFile", "Copies a file, whole or not at all; gives the path of the copy.", func(_ context.Context, in copyInput) (string, error) {
			return in.To, h.Sandbox.CopyFile(home.Expand(in.From), home.Expand(in.To))
		}),
	}
}

func (h Host) stat(_ context.Context, in pathInput) ([]api.Property, error) {
	info, err := h.Sandbox.Stat(home.Expand(in.Path))
	switch {
	case err != nil:
		return nil, err
	case info == nil:
		return nil, api.Usagef("looking at %s: there is no such file; exists(path) asks whether there is", in.Path)
	}
	kind := "file"
	switch {
	case info.IsDir():
		kind = "directory"
	case !info.Mode().IsRegular():
		kind = "other"
	}
	return []api.Property{
		{Name: "path", Value: in.Path}, {Name: "type", Value: kind},
		{Name: "size", Value: info.Size()}, {Name: "modified", Value: info.ModTime()},
	}, nil
}
