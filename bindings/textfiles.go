package bindings

import (
	"context"
	"encoding/json"

	"imapsh/runtime/api"
	"imapsh/runtime/home"
)

// textFiles are the functions that read and write small files, where the sandbox allows.
func (h Host) textFiles() []*api.Func {
	return []*api.Func{
		api.Define("readText", "Reads a text file.", func(_ context.Context, in pathInput) (string, error) {
			data, err := h.Sandbox.ReadFile(home.Expand(in.Path))
			return string(data), err
		}),
		api.Define("readJSON", "Reads a JSON file.", func(_ context.Context, in pathInput) (api.JSON, error) {
			data, err := h.Sandbox.ReadFile(home.Expand(in.Path))
			if err == nil && !json.Valid(data) {
				var value any
				err = api.Usagef("%s: it is not JSON: %v", in.Path, json.Unmarshal(data, &value))
			}
			return api.JSON(data), err
		}),
		api.Define("writeText", "Writes a text file, whole or not at all; gives its path.", func(_ context.Context, in textInput) (string, error) {
			return in.Path, h.Sandbox.WriteFile(home.Expand(in.Path), []byte(in.Text))
		}),
		api.Define("writeJSON", "Writes a value as a JSON file, whole or not at all; gives its path.", func(_ context.Context, in jsonInput) (string, error) {
			return in.Path, h.Sandbox.WriteFile(home.Expand(in.Path), []byte(in.Value+"\n"))
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
	Path  string   `arg:"path" complete:"path" doc:"path of the file"`
	Value api.JSON `arg:"value" doc:"what to write"`
}
