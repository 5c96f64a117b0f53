// Package figure makes pictures of the variables of CDF files by what their ISTP attributes say:
// lines over time, spectrograms, maps of the sky.
package figure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"imapsh/runtime/api"
	"imapsh/runtime/plot"
	"imapsh/sdc/cdf"
)

// Options choose what is drawn.
type Options struct {
	// Variables are drawn below one another; with none, those that the file calls data, up to MaxPanels.
	Variables []string
	Span      cdf.Span // of time
	// At fixes an index along a dimension, by the name of the variable that DEPEND_i names: {"energy": 3}.
	At map[string]int
	// Several says that more files follow: their records lie along time, even where each file has one.
	Several bool
}

// MaxPanels is how many variables are drawn where none is named.
const MaxPanels = 4

// Builder collects what is drawn, file after file.
type Builder struct {
	options Options
	panels  []*panel
	files   []string
	notes   []string
}

// New returns a builder of no file yet.
func New(o Options) *Builder { return &Builder{options: o} }

// Add reads the variables of one more file. Files are added in the order of their times. The error names
// a variable that is not there or cannot be drawn.
func (b *Builder) Add(ctx context.Context, name string, f *cdf.File) error {
	if b.panels == nil {
		variables, err := b.choose(f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, v := range variables {
			p, err := b.plan(ctx, f, v)
			if err != nil {
				return fmt.Errorf("%s: variable %s: %w", name, v.Name, err)
			}
			b.panels = append(b.panels, p)
		}
		if err := b.checkAt(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, p := range b.panels {
		v, ok := f.Variable(p.name)
		if !ok {
			return fmt.Errorf("%s: there is no variable %s, which the first file has", name, p.name)
		}
		if err := p.read(ctx, f, v, b.options.Span); err != nil {
			return fmt.Errorf("%s: variable %s: %w", name, v.Name, err)
		}
	}
	b.files = append(b.files, name)
	return nil
}

// choose finds the variables to draw.
func (b *Builder) choose(f *cdf.File) ([]*cdf.Variable, error) {
	var chosen []*cdf.Variable
	for _, name := range b.options.Variables {
		v, ok := f.Variable(name)
		if !ok {
			known := make([]string, len(f.Variables))
			for i, v := range f.Variables {
				known[i] = v.Name
			}
			return nil, api.Usagef("unknown variable %q%s", name, api.SuggestFrom("variables", name, known))
		}
		chosen = append(chosen, v)
	}
	if len(chosen) > 0 {
		return chosen, nil
	}
	for _, v := range f.Variables {
		if strings.EqualFold(v.Text("VAR_TYPE"), "data") && !strings.EqualFold(v.Text("DISPLAY_TYPE"), "no_plot") && drawable(v) {
			// Maps are drawn over no time: they and lines have no axis to share.
			if len(chosen) > 0 && isMap(v) != isMap(chosen[0]) {
				continue
			}
			chosen = append(chosen, v)
		}
	}
	if len(chosen) == 0 {
		// A file without attributes is drawn as well as can be, and said to be one.
		for _, v := range f.Variables {
			if v.Text("VAR_TYPE") == "" && drawable(v) && v.RecordBytes()*int64(v.Records) > int64(v.Type.Size()) {
				chosen = append(chosen, v)
			}
		}
		b.note("no variable is of VAR_TYPE data; those without a VAR_TYPE are drawn")
	}
	if len(chosen) == 0 {
		return nil, errors.New("no variable is of VAR_TYPE data; name what to draw")
	}
	if n := len(chosen); n > MaxPanels {
		var left []string
		for _, v := range chosen[MaxPanels:] {
			left = append(left, v.Name)
		}
		b.note("%d of %d variables are drawn; name others to see them: %s", MaxPanels, n, strings.Join(left, ", "))
		chosen = chosen[:MaxPanels]
	}
	return chosen, nil
}

// drawable reports whether a variable has numbers that are no times.
func drawable(v *cdf.Variable) bool {
	return !v.Type.IsText() && !v.Type.IsTime() && v.Records > 0
}

// checkAt refuses an index along a dimension that nothing drawn has.
func (b *Builder) checkAt() error {
	var known []string
	for _, p := range b.panels {
		for _, a := range p.axes {
			if !slices.Contains(known, a.name) {
				known = append(known, a.name)
			}
		}
	}
	for name := range b.options.At {
		if !slices.Contains(known, name) {
			return fmt.Errorf("no variable that is drawn has the dimension %q; their dimensions are %s", name, orNone(known))
		}
	}
	return nil
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

func (b *Builder) note(format string, args ...any) {
	if n := fmt.Sprintf(format, args...); !slices.Contains(b.notes, n) {
		b.notes = append(b.notes, n)
	}
}

// Figure is what was read, and notes: what is left out or averaged, and why.
func (b *Builder) Figure() (*plot.Figure, []string, error) {
	if len(b.panels) == 0 {
		return nil, nil, errors.New("there is no file to draw")
	}
	f := &plot.Figure{Title: b.files[0]}
	if n := len(b.files); n > 1 {
		f.Title = fmt.Sprintf("%s … %s (%d files)", b.files[0], b.files[n-1], n)
	}
	f.X = b.panels[0].x
	for _, p := range b.panels {
		if p.x.Scale != f.X.Scale || p.x.Label != f.X.Label {
			return nil, nil, fmt.Errorf("%s lies over %s and %s over %s: draw them one by one", b.panels[0].name, b.panels[0].overName(), p.name, p.overName())
		}
		drawn, err := p.finish()
		if err != nil {
			return nil, nil, fmt.Errorf("variable %s: %w", p.name, err)
		}
		f.Panels = append(f.Panels, drawn)
		if p.invalid > 0 {
			b.note("%s: %d values outside of VALIDMIN and VALIDMAX are left out", p.name, p.invalid)
		}
		for _, n := range p.notes {
			b.note("%s: %s", p.name, n)
		}
	}
	return f, b.notes, nil
}
