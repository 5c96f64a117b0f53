package module

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dop251/goja/file"
	"github.com/evanw/esbuild/pkg/api"

	"imapsh/runtime/syntax"
)

// Code is what files were made into.
type Code struct {
	Name    string // of the program
	Text    string // to be compiled by [syntax.Module]
	Map     []byte // its source map, as the engine reads it
	Sources []Source
	places  mappings
}

// Source is a file that is part of the code.
type Source struct {
	Key  string // what the engine calls it in the places of errors
	Name string
	Text string
}

// Result is the name of the function, a parameter of the code, that the bundle of a script
// with import or export calls with the namespace of the script: an object of what it
// exports.
const Result = "__imapsh_result"

const (
	namespace = "module"  // of esbuild's paths
	generated = "<stdin>" // esbuild's name of the script that imports the entry
)

// build is one call of esbuild.
type build struct {
	finder Finder
	entry  File

	mutex sync.Mutex
	files map[string]File
}

// Bundle joins a script and all that it imports, each file once, into one text, which
// imports nothing. Files that import one another in a circle are an error. The error is
// an *Error, or the cause of ctx's end.
func Bundle(ctx context.Context, finder Finder, entry File) (Code, error) {
	if finder.Reader != nil {
		if name, _, err := finder.Reader.ReadModule(entry.Name); err == nil {
			entry.Name = name // as those that import it know it
		}
	}
	b := &build{finder: finder, entry: entry, files: map[string]File{entry.Name: entry}}
	if err := entry.check(); err != nil {
		return Code{}, &Error{File: entry.Name, Message: err.Error()}
	}
	contents := "import 'entry'"
	if syntax.IsModule(entry.Text) {
		contents = "import * as script from 'entry'; " + Result + "(script)"
	}
	result, err := within(ctx, func() api.BuildResult {
		return api.Build(api.BuildOptions{
			Stdin: &api.StdinOptions{
				Contents: contents,
				Loader:   api.LoaderJS,
			},
			Bundle: true, Format: api.FormatESModule, Platform: api.PlatformNeutral,
			Target: api.ESNext, Supported: lacks, TreeShaking: api.TreeShakingFalse,
			TsconfigRaw: noSettings, LegalComments: api.LegalCommentsNone, Charset: api.CharsetUTF8,
			Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude,
			Outfile: "bundle.js", Metafile: true, LogLevel: api.LogLevelSilent, LogLimit: 1,
			Plugins: []api.Plugin{{Name: namespace, Setup: b.setup}},
		})
	})
	if err != nil {
		return Code{}, err
	}
	if wrong := append(result.Errors, misleading(result.Warnings)...); len(wrong) > 0 {
		return Code{}, b.problem(wrong)
	}
	var text string
	var sourceMap []byte
	for _, out := range result.OutputFiles {
		if path.Ext(out.Path) == ".map" {
			sourceMap = out.Contents
		} else {
			text = string(out.Contents)
		}
	}
	if err := b.checkImports(result.Metafile, text); err != nil {
		return Code{}, err
	}
	return b.code(text, sourceMap)
}

// within calls esbuild, which cannot be stopped, and gives up on it when ctx ends.
func within[T any](ctx context.Context, call func() T) (result T, err error) {
	done := make(chan T, 1)
	go func() { done <- call() }()
	select {
	case result = <-done:
		return result, nil
	case <-ctx.Done():
		return result, context.Cause(ctx)
	}
}

// setup lets esbuild find and read files through the finder alone.
func (b *build) setup(p api.PluginBuild) {
	p.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(in api.OnResolveArgs) (api.OnResolveResult, error) {
		if in.Importer == generated {
			return api.OnResolveResult{Path: b.entry.Name, Namespace: namespace}, nil
		}
		found, err := b.finder.Find(in.Importer, in.Path)
		if err == nil {
			err = found.check()
		}
		if err != nil {
			return api.OnResolveResult{Errors: []api.Message{{Text: err.Error()}}}, nil
		}
		b.mutex.Lock()
		defer b.mutex.Unlock()
		if _, known := b.files[found.Name]; !known {
			b.files[found.Name] = found
		}
		return api.OnResolveResult{Path: found.Name, Namespace: namespace}, nil
	})
	p.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace}, func(in api.OnLoadArgs) (api.OnLoadResult, error) {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		text := withoutHashbang(b.files[in.Path].Text)
		return api.OnLoadResult{Contents: &text, Loader: loaderOf(in.Path)}, nil
	})
}

// checkImports is the error of files that import one another, and of what is required
// but awaits at its top level. What is imported for its type alone, esbuild has left out.
func (b *build) checkImports(metafile, text string) error {
	var meta struct {
		Inputs map[string]struct {
			Imports []struct{ Path, Kind, Original string }
		}
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return fmt.Errorf("metafile: %w", err)
	}
	const (
		open = iota + 1
		done
	)
	state := map[string]int{}
	var way []string
	var visit func(name string) error
	visit = func(name string) error {
		state[name] = open
		way = append(way, name)
		for _, next := range meta.Inputs[name].Imports {
			if next.Kind == "require-call" && strings.Contains(text, "async "+strconv.Quote(next.Path)+"(") {
				return b.at(strings.TrimPrefix(name, namespace+":"), next.Original, requiredAwait)
			}
			switch state[next.Path] {
			case done:
				continue
			case open:
				from := slices.Index(way, next.Path)
				var names []string
				for _, name := range append(slices.Clone(way[from:]), next.Path) {
					names = append(names, strings.TrimPrefix(name, namespace+":"))
				}
				return b.at(strings.TrimPrefix(name, namespace+":"), next.Original,
					"modules import one another in a circle: "+strings.Join(names, " → "))
			}
			if err := visit(next.Path); err != nil {
				return err
			}
		}
		way = way[:len(way)-1]
		state[name] = done
		return nil
	}
	return visit(namespace + ":" + b.entry.Name)
}

// at is an error at the place in a file where another is named.
func (b *build) at(name, specifier, message string) error {
	e := &Error{File: name, Message: message}
	line := 0
	for text := range strings.Lines(b.files[name].Text) {
		line++
		for _, quote := range []string{"'", `"`} {
			if i := strings.Index(text, quote+specifier+quote); i >= 0 {
				e.Line, e.Source = line, strings.TrimRight(text, "\r\n")
				e.Column, e.Width = utf8.RuneCountInString(text[:i])+1, utf8.RuneCountInString(specifier)+2
				return e
			}
		}
	}
	return e
}

// code makes the map lead to files as the engine reads it: the engine counts columns from
// 1 in bytes, has the lines of the head before the code, and takes a place without a
// mapping for the one before, which may be of another line.
func (b *build) code(text string, sourceMap []byte) (Code, error) {
	sources, places, err := decode(sourceMap)
	if err != nil {
		return Code{}, err
	}
	made := Code{Name: bundleName, Text: text}
	shown := make([]string, len(sources), len(sources)+1)
	lines := make([][]*units, len(sources))
	for i, source := range sources {
		name := strings.TrimPrefix(source, namespace+":")
		var key string
		shown[i], key = keyOf(name)
		made.Sources = append(made.Sources, Source{Key: key, Name: name, Text: b.files[name].Text})
		for line := range strings.SplitSeq(b.files[name].Text, "\n") {
			lines[i] = append(lines[i], unitsOf(line))
		}
	}
	var mapped mappings
	next := 0
	for line, generated := range strings.Split(text, "\n") {
		if next >= len(places) || places[next].line > line || places[next].column > 0 {
			mapped = append(mapped, mapping{line: line + syntax.ModuleLines, source: len(sources)})
		}
		columns := unitsOf(generated)
		for ; next < len(places) && places[next].line == line; next++ {
			m := places[next]
			column := columns.bytes(m.column)
			if m.source < 0 || m.sourceLine >= len(lines[m.source]) {
				mapped = append(mapped, mapping{line: line + syntax.ModuleLines, column: column + 1, source: len(sources)})
				continue
			}
			m.sourceColumn = lines[m.source][m.sourceLine].runes(m.sourceColumn)
			m.column = column
			made.places = append(made.places, m)
			m.line += syntax.ModuleLines
			m.column++
			m.sourceColumn++
			mapped = append(mapped, m)
		}
	}
	made.Map = encode(append(shown, bundleName), mapped)
	return made, nil
}

// bundleName is the program's own, which no file has.
const bundleName = "<bundle>"

// keyOf is a file's name in a source map, and as the engine gives it back.
func keyOf(name string) (shown, key string) {
	shown = filepath.ToSlash(name)
	if path.IsAbs(shown) {
		shown = "file://" + shown
	}
	if resolved := file.ResolveSourcemapURL(bundleName, shown); resolved != nil {
		return shown, resolved.String()
	}
	return shown, shown
}

// Origin is the place in a file of a place in the text, both from 1, in bytes and in
// characters.
func (c Code) Origin(line, column int) (source Source, sourceLine, sourceColumn int, ok bool) {
	found, ok := c.places.at(line-1, column-1)
	if !ok {
		return Source{}, 0, 0, false
	}
	return c.Sources[found.source], found.sourceLine + 1, found.sourceColumn + 1, true
}
