package bindings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"imapsh/runtime/api"
	"imapsh/sdc"
	"imapsh/sdc/spice"
)

// timeScale is how a time is counted.
type timeScale string

// The time scales.
const (
	scaleUTC    timeScale = "utc"
	scaleTT2000 timeScale = "tt2000"
	scaleET     timeScale = "et"
	scaleMET    timeScale = "met"
	scaleSCLK   timeScale = "sclk"
)

// Values lists the scales.
func (timeScale) Values() []string { return []string{"utc", "tt2000", "et", "met", "sclk"} }

type convertInput struct {
	Time any       `arg:"time" doc:"a string in UTC or of the spacecraft clock, a number of seconds (et, met), a BigInt (tt2000), or a Date"`
	From timeScale `name:"from" doc:"how the time is counted; left out: by its kind, and needed for a number"`
	To   timeScale `name:"to" doc:"how it is to be counted; left out: utc"`
	LSK  string    `name:"lsk" doc:"leap second kernel: path or name; left out: the newest of the data directory"`
	SCLK string    `name:"sclk" doc:"spacecraft clock kernel: path or name; left out: the newest of the data directory"`
}

// convertTime declares the function of that name.
func (h Host) convertTime() *api.Func {
	return api.Define("convertTime", "Converts a time by the leap second and clock kernels: UTC, TT2000, ephemeris time, mission elapsed time, clock string.",
		h.convert,
		api.Example("convertTime(505872003, {from: 'met', lsk: 'naif0012.tls', sclk: 'imap_sclk_0000.tsc'})"),
		api.Example("convertTime('2026-01-20T05:00:00', {to: 'tt2000', lsk: 'naif0012.tls'})"),
	)
}

func (h Host) convert(ctx context.Context, in convertInput) (any, error) {
	leaps, err := h.leapSeconds(ctx, in.LSK)
	if err != nil {
		return nil, err
	}
	from, to := in.From, in.To
	if from == "" {
		if from, err = scaleOf(in.Time); err != nil {
			return nil, err
		}
	}
	if to == "" {
		to = scaleUTC
	}
	var clock *spice.Clock
	if slices.Contains([]timeScale{from, to}, scaleMET) || slices.Contains([]timeScale{from, to}, scaleSCLK) {
		if clock, err = h.clock(ctx, in.SCLK, leaps); err != nil {
			return nil, err
		}
	}
	t, err := readTime(in.Time, from, leaps, clock)
	if err != nil {
		return nil, api.Usagef("convertTime: %v", err)
	}
	out, err := writeTime(t, to, leaps, clock)
	if err != nil {
		return nil, api.Usagef("convertTime: %v", err)
	}
	return out, nil
}

// scaleOf is what a value counts where nothing is said.
func scaleOf(v any) (timeScale, error) {
	switch x := v.(type) {
	case string:
		if strings.Contains(x, "/") {
			return scaleSCLK, nil
		}
		return scaleUTC, nil
	case time.Time:
		return scaleUTC, nil
	case *big.Int:
		return scaleTT2000, nil
	}
	return "", api.Usagef("convertTime: from must say what the number counts: met, et or tt2000")
}

func readTime(v any, from timeScale, leaps *spice.LeapSeconds, clock *spice.Clock) (spice.Time, error) {
	text, isText := v.(string)
	if at, ok := v.(time.Time); ok {
		text, isText = at.UTC().Format("2006-01-02T15:04:05.999"), true
	}
	switch from {
	case scaleUTC:
		if isText {
			return leaps.ParseUTC(text)
		}
		return 0, errors.New("a UTC time is a string such as '2026-01-20T05:00:00', or a Date")
	case scaleSCLK:
		if isText {
			return clock.Parse(text)
		}
		return 0, errors.New("a clock reading is a string such as '1/505872003:0'")
	case scaleTT2000:
		switch n := v.(type) {
		case *big.Int:
			if n.IsInt64() {
				return spice.Time(n.Int64()), nil
			}
		case int64:
			return spice.Time(n), nil
		}
		return 0, errors.New("a TT2000 time is a BigInt of nanoseconds, such as 822157269184000000n")
	}
	var seconds float64
	switch n := v.(type) {
	case int64:
		seconds = float64(n)
	case float64:
		seconds = n
	default:
		return 0, fmt.Errorf("a time in %s is a number of seconds", from)
	}
	if from == scaleET {
		return leaps.FromET(seconds)
	}
	return clock.FromMET(seconds)
}

func writeTime(t spice.Time, to timeScale, leaps *spice.LeapSeconds, clock *spice.Clock) (any, error) {
	switch to {
	case scaleTT2000:
		return big.NewInt(int64(t)), nil
	case scaleET:
		return leaps.ET(t), nil
	case scaleMET:
		return clock.MET(t)
	case scaleSCLK:
		return clock.String(t)
	}
	return leaps.UTC(t)
}

// openKernel opens the kernel that is named, or the newest of the data directory.
func (h Host) openKernel(ctx context.Context, kind spice.Kind, given string) (*os.File, error) {
	if given != "" {
		f, _, err := h.openFile(ctx, sdc.File{Name: given})
		return f, err
	}
	folder := strings.ToLower(string(kind))
	dir := h.Client.LocalPath("imap/spice/" + folder)
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range slices.Backward(entries) { // by name: the newest is the last
		if ext := filepath.Ext(e.Name()); ext == ".tls" || ext == ".tsc" {
			return h.Sandbox.Open(filepath.Join(dir, e.Name()))
		}
	}
	return nil, api.Usagef("there is no kernel of kind %s in %s; query({table: 'spice', type: '%s'}).download() brings them, or name one: {%[3]s: 'FILE'}", kind, dir, folder)
}

func (h Host) pool(ctx context.Context, kind spice.Kind, given string) (*spice.Pool, string, error) {
	f, err := h.openKernel(ctx, kind, given)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	p, err := spice.ReadPool(f)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", f.Name(), err)
	}
	return p, f.Name(), nil
}

func (h Host) leapSeconds(ctx context.Context, given string) (*spice.LeapSeconds, error) {
	p, name, err := h.pool(ctx, spice.LSK, given)
	if err != nil {
		return nil, err
	}
	l, err := spice.ReadLeapSeconds(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return l, nil
}

func (h Host) clock(ctx context.Context, given string, leaps *spice.LeapSeconds) (*spice.Clock, error) {
	p, name, err := h.pool(ctx, spice.SCLK, given)
	if err != nil {
		return nil, err
	}
	c, err := spice.ReadClock(p, leaps)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// kernel is a SPICE kernel in JavaScript.
type kernel struct {
	path string
	kind spice.Kind
}

var kernelFields = []api.Prop{
	{Name: "path", Doc: "where the file is on this machine"},
	{Name: "kind", Doc: "LSK, SCLK, FK, IK, PCK, MK, SPK or CK, by the file's content"},
}

// Names lists the properties.
func (kernel) Names() []string { return []string{"path", "kind"} }

// Get is a property.
func (k kernel) Get(name string) (any, bool) {
	switch name {
	case "path":
		return k.path, true
	case "kind":
		return string(k.kind), true
	}
	return nil, false
}

type kernelInput struct {
	File files `arg:"file" complete:"path" doc:"path of a kernel, or a name, a record or a path object of the archive's"`
}

func (h Host) kernel() *api.Func {
	return api.Define("kernel", "Opens a SPICE kernel, which is fetched when it is not here; gives a Kernel.",
		func(ctx context.Context, in kernelInput) (kernel, error) {
			if in.File.many {
				return kernel{}, api.Usagef("kernel: takes one file; kernelGaps looks at several")
			}
			f, path, err := h.openFile(ctx, in.File.list[0])
			if err != nil {
				return kernel{}, err
			}
			defer f.Close()
			kind, err := spice.Identify(f)
			if err != nil {
				return kernel{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
			}
			return kernel{path, kind}, nil
		},
		api.Example("kernel('naif0012.tls')"),
	)
}

type kernelsInput struct {
	LSK  string `name:"lsk" doc:"leap second kernel; left out: the newest of the data directory"`
	SCLK string `name:"sclk" doc:"spacecraft clock kernel; left out: the newest of the data directory"`
}

func (h Host) kernelClass() *api.Class {
	return api.NewClass("Kernel", "A SPICE kernel; kernel gives it.",
		api.Describe[kernel](kernelFields...),
		api.Text(func(k kernel) string { return k.path }),
		api.Brief(func(k kernel) string { return fmt.Sprintf("Kernel %s (%s)", filepath.Base(k.path), k.kind) }),
		api.Method("coverage", "Lists what an SPK or a CK kernel covers: {body, start, end} in UTC.", func(ctx context.Context, k kernel, in kernelsInput) ([]any, error) {
			covered, leaps, err := h.coverage(ctx, k.path, in)
			if err != nil {
				return nil, err
			}
			bodies := make([]int, 0, len(covered))
			for body := range covered {
				bodies = append(bodies, body)
			}
			slices.Sort(bodies)
			list := []any{}
			for _, body := range bodies {
				for _, i := range covered[body] {
					row, err := intervalObject(i, leaps)
					if err != nil {
						return nil, err
					}
					list = append(list, append([]api.Property{{Name: "body", Value: body}}, row...))
				}
			}
			return list, nil
		}),
	)
}

func (h Host) coverage(ctx context.Context, path string, in kernelsInput) (spice.Coverage, *spice.LeapSeconds, error) {
	leaps, err := h.leapSeconds(ctx, in.LSK)
	if err != nil {
		return nil, nil, err
	}
	f, err := h.Sandbox.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var clock *spice.Clock
	if kind, err := spice.Identify(f); err == nil && kind == spice.CK {
		if clock, err = h.clock(ctx, in.SCLK, leaps); err != nil {
			return nil, nil, err
		}
	}
	covered, err := spice.Cover(f, leaps, clock)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return covered, leaps, nil
}

func intervalObject(i spice.Interval, leaps *spice.LeapSeconds) ([]api.Property, error) {
	start, err := leaps.UTC(i.Start)
	if err != nil {
		return nil, err
	}
	end, err := leaps.UTC(i.End)
	return []api.Property{{Name: "start", Value: start}, {Name: "end", Value: end}}, err
}

type kernelGapsInput struct {
	Files files  `arg:"files" complete:"path" doc:"kernels: paths, names, records; a list of them"`
	From  string `name:"from" doc:"start, in UTC"`
	To    string `name:"to" doc:"end, in UTC"`
	kernelsInput
}

// kernelGaps declares the function of that name.
func (h Host) kernelGaps() *api.Func {
	return api.Define("kernelGaps", "Lists what SPK or CK kernels do not cover between two times: {start, end} in UTC.",
		func(ctx context.Context, in kernelGapsInput) ([]any, error) {
			leaps, err := h.leapSeconds(ctx, in.LSK)
			if err != nil {
				return nil, err
			}
			var within spice.Interval
			for _, end := range []struct {
				name, text string
				into       *spice.Time
			}{{"from", in.From, &within.Start}, {"to", in.To, &within.End}} {
				if end.text == "" {
					return nil, api.Usagef("kernelGaps: %s is missing; it is a time such as '2026-01-20'", end.name)
				}
				if *end.into, err = leaps.ParseUTC(end.text); err != nil {
					return nil, api.Usagef("kernelGaps: %s: %v", end.name, err)
				}
			}
			if within.End <= within.Start {
				return nil, api.Usagef("kernelGaps: to, %s, is not after from, %s", in.To, in.From)
			}
			var all []spice.Interval
			for _, file := range in.Files.list {
				f, path, err := h.openFile(ctx, file)
				if err != nil {
					return nil, err
				}
				_ = f.Close()
				covered, _, err := h.coverage(ctx, path, in.kernelsInput)
				if err != nil {
					return nil, err
				}
				all = append(all, covered.All()...)
			}
			list := []any{}
			for _, g := range spice.Gaps(within, all) {
				row, err := intervalObject(g, leaps)
				if err != nil {
					return nil, err
				}
				list = append(list, row)
			}
			return list, nil
		})
}

type positionInput struct {
	Of     string `name:"of" doc:"body: 'IMAP', 'SUN', … or its NAIF number"`
	From   string `name:"from" doc:"body from which it is seen: 'EARTH', …"`
	At     string `name:"at" doc:"time, in UTC"`
	Kernel files  `name:"kernel" doc:"SPK kernel: path, name or record; or a list, of which the last counts first"`
	LSK    string `name:"lsk" doc:"leap second kernel; left out: the newest of the data directory"`
}

// position declares the function of that name.
func (h Host) position() *api.Func {
	return api.Define("position", "Gives where a body is as seen from another: {position, velocity, distance} in km and km/s, J2000, geometric.",
		func(ctx context.Context, in positionInput) (any, error) {
			leaps, err := h.leapSeconds(ctx, in.LSK)
			if err != nil {
				return nil, err
			}
			at, err := leaps.ParseUTC(in.At)
			if err != nil {
				return nil, api.Usagef("position: at: %v", err)
			}
			of, err := spice.Body(in.Of)
			if err != nil {
				return nil, api.Usagef("position: of: %v", err)
			}
			from, err := spice.Body(in.From)
			if err != nil {
				return nil, api.Usagef("position: from: %v", err)
			}
			if len(in.Kernel.list) == 0 {
				return nil, api.Usagef("position: kernel is missing: an SPK kernel, such as 'imap_recon_20260101_20260131_v01.bsp'")
			}
			var kernels []*spice.Ephemeris
			for _, file := range in.Kernel.list {
				f, path, err := h.openFile(ctx, file)
				if err != nil {
					return nil, err
				}
				defer f.Close()
				e, err := spice.OpenEphemeris(f)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
				}
				kernels = append(kernels, e)
			}
			state, err := spice.Relative(kernels, of, from, leaps.ET(at))
			if err != nil {
				return nil, err
			}
			return []api.Property{
				{Name: "position", Value: []any{state[0], state[1], state[2]}}, {Name: "velocity", Value: []any{state[3], state[4], state[5]}},
				{Name: "distance", Value: math.Hypot(math.Hypot(state[0], state[1]), state[2])},
			}, nil
		})
}
