// Package bindings is the JavaScript surface of imapsh: what each function and
// class of the shell is called, does and says. What carries them out is in
// packages sdc and naming; how they become JavaScript, in package runtime.
package bindings

import (
	"context"
	"io"
	"strings"

	"imapsh/bindings/figure"
	"imapsh/bindings/sandbox"
	"imapsh/runtime/api"
	"imapsh/runtime/plot"
	"imapsh/sdc"
)

// Host is what the functions of the shell work on.
type Host struct {
	Client  *sdc.Client
	Stdout  io.Writer // of .table() and .summary()
	Sandbox sandbox.Policy
	// MaxMemory is the greatest number of bytes that the values of one call may take; 0:
	// a limit of the program's own.
	MaxMemory int64
	// Run runs a recipe in a session of its own and gives its result; nil: none can be run.
	Run func(ctx context.Context, name string, args []string) (any, error)
	// Starting reports whether the user's startup file runs: settings may still change,
	// so the archive is not asked. It may be nil.
	Starting func() bool
	Width    func() int
	// Draw shows a picture where the output goes; nil: in characters, without colours.
	Draw func(*plot.Figure, figure.Size) error
	// Progress is called once for each download or upload (the verb) with the number of
	// files; what it gives is notified of each step and of the end. It may be nil.
	Progress func(verb string, total int) Progress
	// QueryProgress is called once for each query; what it gives is called for each step
	// and at the end. It may be nil.
	QueryProgress func() (step func(sdc.QueryProgress), finished func())
	// ReadProgress is called once for each call that reads values of a CDF, with its name; what it gives is called for each step
	// in bytes, and at the end. It may be nil.
	ReadProgress func(name string) (step func(done, total int64), finished func())
	Words        Words // what results show, kept for completion; may be nil
}

// Progress is notified of the transfers of one call.
type Progress interface {
	Event(sdc.Event)
	Finished(sdc.Report)
}

// New declares the shell's API.
func New(h Host) *api.API {
	h.offerDescriptors()
	a := &api.API{Aliases: aliases(), Errors: errorClasses()}
	a.Funcs = append(a.Funcs, h.query(), h.listProducts(), h.download(), h.upload(), h.addDays(), h.day(), h.days())
	a.Funcs = append(a.Funcs, h.open(), h.plot(), h.packets(), h.convertTime(), h.kernel(), h.kernelGaps(), h.position())
	a.Funcs = append(a.Funcs, h.textFiles()...)
	a.Funcs = append(a.Funcs, h.manageFiles()...)
	a.Funcs = append(a.Funcs, h.parseArgs())
	if h.Run != nil {
		a.Funcs = append(a.Funcs, h.run())
	}
	a.Classes = append(a.Classes, recordClass(h), h.fileListClass(), transferClass(), reportClass(), h.cdfFileClass(), h.cdfValuesClass(), h.packetReportClass(), h.kernelClass())
	a.Classes = append(a.Classes, h.seriesClasses()...)
	a.Classes = append(a.Classes, h.pathClasses()...)
	a.Objects = append(a.Objects, h.config())
	return a
}

// archive is the client for a call that asks the archive.
func (h Host) archive(call string) (*sdc.Client, error) {
	if h.Starting != nil && h.Starting() {
		return nil, api.Usagef("%s: the startup file sets and declares; the archive is asked when it is over, by a function of yours for instance", call)
	}
	return h.Client, nil
}

// resolve makes dates that are relative to today, by the client's clock, days.
func (h Host) resolve(dates ...*sdc.Date) error {
	for _, date := range dates {
		day, err := h.Client.Day(*date)
		if err != nil {
			return err
		}
		*date = day
	}
	return nil
}

// aliases are the types of TypeScript that several declarations name.
func aliases() []api.Alias {
	var names []string
	for _, kind := range (Host{}).pathKinds() {
		names = append(names, kind.declared.Name)
	}
	return []api.Alias{
		{Name: "AnyFilePath", Doc: "A file name of any class.", Type: strings.Join(names, " | ")},
		{Name: "FileArgument", Doc: "A file by its name, its path, or something that has one.",
			Type: "string | FileRecord | Transfer | AnyFilePath | {file_path: string} | {filename: string}"},
	}
}

type runInput struct {
	Name string       `arg:"name" doc:"file of the recipe, or the name of one that imapsh finds"`
	Args argumentList `arg:"args?" doc:"its arguments, an array of strings"`
}

// argumentList is an array of arguments, which may be empty.
type argumentList []string

// Kinds are the types of an array and of one string.
func (argumentList) Kinds() []string { return []string{"OneOrMore<string>"} }

// Decode reads an array of strings, or one string.
func (a *argumentList) Decode(value any) error {
	items, many := value.([]any)
	if !many {
		items = []any{value}
	}
	*a = argumentList{}
	for i, item := range items {
		text, ok := api.StringOf(item)
		if !ok {
			return api.Usagef("must be an array of strings; item %d is none", i)
		}
		*a = append(*a, text)
	}
	return nil
}

func (h Host) run() *api.Func {
	return api.Define("run", "Runs a recipe in a session of its own, with a recipe's rights; gives what it returns.",
		func(ctx context.Context, in runInput) (any, error) { return h.Run(ctx, in.Name, in.Args) })
}
