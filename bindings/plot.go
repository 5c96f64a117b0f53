package bindings

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/bindings/figure"
	"imapsh/runtime/api"
	"imapsh/runtime/home"
	"imapsh/runtime/plot"
	"imapsh/sdc"
)

// plotOptions say what of a file is drawn, and where to.
type plotOptions struct {
	From instant  `name:"from" doc:"first time, in UTC: '2026-01-20T06:00'"`
	To   instant  `name:"to" doc:"end, which is not included; a day is; '07:00' is on the day of from"`
	At   []string `name:"at" doc:"'energy=5': draw one index of a dimension, in place of the mean over it"`
	File string   `name:"file" doc:"file of the picture, .svg or .png; left out: the terminal"`
	Size string   `name:"size" doc:"WIDTHxHEIGHT of the picture in pixels: '1200x600'"`
}

type plotInput struct {
	Variables []string `arg:"variables?" doc:"a variable, or a list; left out: those that the file calls data"`
	plotOptions
}

type plotFilesInput struct {
	Files     files    `arg:"files" complete:"path" doc:"a CDF file: its path, name, record or path object; or a list of them"`
	Variables []string `arg:"variables?" doc:"a variable, or a list; left out: those that the files call data"`
	plotOptions
}

// plot declares the function of that name; files and lists of files have a method that does the same.
func (h Host) plot() *api.Func {
	return api.Define("plot", "Draws variables of CDF files, as their attributes say: lines, spectrograms, maps of the sky.",
		func(ctx context.Context, in plotFilesInput) (api.None, error) {
			return h.plotFiles(ctx, in.Files.list, plotInput{in.Variables, in.plotOptions})
		},
		api.Example("plot('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf', 'b_dsrf')"),
		api.Example("plot(query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260107'}), 'b_dsrf', {file: 'field.svg'})"),
	)
}

// plotDoc is what the methods of that name do.
const plotDoc = "Draws variables as lines, spectrograms or maps of the sky, in the terminal or into a file."

// plotFiles opens files one after another and draws them as one.
func (h Host) plotFiles(ctx context.Context, list []sdc.File, in plotInput) (api.None, error) {
	if len(list) == 0 {
		return api.None{}, api.Usagef("plot: there is no file to draw")
	}
	next := 0
	return h.draw(ctx, in, len(list), func() (cdfFile, error) {
		f, err := h.openProduct(ctx, list[next])
		next++
		return f, err
	})
}

// plotList draws the newest version of each file of a list, in the order of their days.
func (h Host) plotList(ctx context.Context, l FileList, in plotInput) (api.None, error) {
	records := slices.Clone(sdc.Records(l).Latest())
	slices.SortStableFunc(records, func(a, b *sdc.Record) int { return strings.Compare(a.Text("start_date"), b.Text("start_date")) })
	list := make([]sdc.File, len(records))
	for i, r := range records {
		list[i] = r.File()
	}
	return h.plotFiles(ctx, list, in)
}

// draw adds n files to a picture and shows it.
func (h Host) draw(ctx context.Context, in plotInput, n int, next func() (cdfFile, error)) (api.None, error) {
	span, err := getInput{From: in.From, To: in.To}.span("plot")
	if err != nil {
		return api.None{}, err
	}
	size, err := figure.ParseSize(in.Size)
	if err != nil {
		return api.None{}, fmt.Errorf("plot: size: %w", err)
	}
	at, err := figure.ParseAt(in.At)
	if err != nil {
		return api.None{}, fmt.Errorf("plot: at: %w", err)
	}
	if in.File != "" {
		if err := figure.CheckFile(in.File); err != nil {
			return api.None{}, fmt.Errorf("plot: file: %w", err)
		}
	}
	b := figure.New(figure.Options{Variables: in.Variables, Span: span, At: at, Several: n > 1})
	for range n {
		f, err := next()
		if err != nil {
			return api.None{}, err
		}
		finished := h.watch(f.path, f.reading)
		err = b.Add(ctx, filepath.Base(f.path), f.File)
		finished()
		if err != nil {
			return api.None{}, fmt.Errorf("plot: %w", err)
		}
	}
	drawn, notes, err := b.Figure()
	if err != nil {
		return api.None{}, err
	}
	for _, n := range notes {
		if _, err := fmt.Fprintln(h.Stdout, "note:", n); err != nil {
			return api.None{}, err
		}
	}
	if in.File == "" {
		return api.None{}, h.show(drawn, size)
	}
	picture, err := figure.Encode(drawn, in.File, size)
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, h.Sandbox.WriteFile(home.Expand(in.File), picture)
}

// show draws a figure where the program's output goes.
func (h Host) show(f *plot.Figure, size figure.Size) error {
	if h.Draw != nil {
		return h.Draw(f, size)
	}
	return f.Text(h.Stdout, h.width(), 12*len(f.Panels)+12, false)
}

// plotOpen draws an open file.
func (h Host) plotOpen(ctx context.Context, f cdfFile, in plotInput) (api.None, error) {
	return h.draw(ctx, in, 1, func() (cdfFile, error) { return f, nil })
}
