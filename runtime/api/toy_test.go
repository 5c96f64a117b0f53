package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"imapsh/runtime/api"
)

// given is a value of a call in tests, where no engine is.
type given struct{ value any }

func (g given) Plain() any { return g.value }

func (g given) JSON() api.JSON {
	text, _ := json.Marshal(g.value)
	return api.JSON(text)
}

// function is a callback in Go.
type function func(args ...any) (any, error)

func (f function) Call(args ...any) (api.Value, error) {
	value, err := f(args...)
	return given{value}, err
}

func values(list ...any) []api.Value {
	var all []api.Value
	for _, value := range list {
		all = append(all, given{value})
	}
	return all
}

type colour string

func (colour) Values() []string { return []string{"red", "green", "dark_blue"} }

type day string

func (day) Forms() (examples, words []string) {
	return []string{"2026-01-05"}, []string{"today"}
}

func (d *day) UnmarshalText(text []byte) error {
	if len(text) != 10 && string(text) != "today" {
		return api.Usagef("day %q: must be YYYY-MM-DD or today", text)
	}
	*d = day(text)
	return nil
}

// size reads its value itself.
type size struct{ width, height int64 }

func (s *size) Decode(value any) error {
	list, ok := value.([]any)
	if !ok || len(list) != 2 {
		return api.Usagef("must be a width and a height")
	}
	s.width, s.height = list[0].(int64), list[1].(int64)
	return nil
}

// common are options that several inputs share.
type common struct {
	DryRun bool `name:"dry_run" doc:"say what would be done"`
}

type paintInput struct {
	Room    string       `arg:"room" doc:"which room"`
	Walls   []int        `arg:"walls?..." doc:"which of its walls"`
	Colours []colour     `name:"colours" doc:"colour, or a list"`
	Day     *day         `name:"day" doc:"when"`
	Coats   int          `name:"coats" doc:"how many"`
	Litres  *float64     `name:"litres" doc:"how much"`
	Size    size         `name:"size" doc:"how large"`
	Note    any          `name:"note" doc:"anything"`
	Told    api.Callback `name:"told" doc:"is told of each wall"`
	common
	Ignored int
}

type brush struct{ width int }

func (brush) Names() []string { return []string{"hair_width"} }

func (b brush) Get(name string) (any, bool) { return b.width, name == "hair_width" }

func (b brush) String() string { return fmt.Sprintf("brush %d", b.width) }

type brushes []brush

type dried struct{}

func (dried) Error() string { return "the paint is dry" }

// toy is an API with one of each.
func toy() *api.API {
	home := "here"
	return &api.API{
		Funcs: []*api.Func{
			api.Define("paint", "Paints a room.", func(_ context.Context, in paintInput) (string, error) {
				day := "-"
				if in.Day != nil {
					day = string(*in.Day)
				}
				litres := "-"
				if in.Litres != nil {
					litres = fmt.Sprint(*in.Litres)
				}
				if in.Told != nil {
					for _, wall := range in.Walls {
						if _, err := in.Told.Call(wall); err != nil {
							return "", err
						}
					}
				}
				return fmt.Sprint(in.Room, in.Walls, in.Colours, " ", day, in.Coats, " ", litres, in.Size, in.Note, in.DryRun), nil
			}, api.Example("paint('hall', 1, 2)"), api.Example("paint('hall', {colours: 'red'})")),
			api.Define("keep", "Gives JSON.", func(_ context.Context, in struct {
				Value api.JSON `arg:"value" doc:"anything"`
			}) (api.JSON, error) {
				return in.Value, nil
			}),
			api.Define("raw", "Gives back values.", func(_ context.Context, in struct {
				First api.Value   `arg:"first" doc:"one"`
				Rest  []api.Value `arg:"rest?..." doc:"others"`
			}) (any, error) {
				return []any{in.First.Plain(), len(in.Rest)}, nil
			}),
			api.Define("open", "Opens a file.", func(_ context.Context, in struct {
				Path string `arg:"path" complete:"path" doc:"which"`
				Sort string `name:"sort" complete:"-field" doc:"by which field"`
			}) (api.None, error) {
				return api.None{}, nil
			}),
		},
		Classes: []*api.Class{
			api.NewClass("Tool", "A tool.", api.Describe[tool](api.Prop{Name: "age", Doc: "in years"})),
			api.NewClass("Brush", "A brush.",
				api.Extends[brush]("Tool"),
				api.Describe[brush](api.Prop{Name: "hair_width", Doc: "in mm"}),
				api.MayHave[brush]("note"),
				api.Ctor(func(_ context.Context, in struct {
					Width int `arg:"width" doc:"in mm"`
				}) (brush, error) {
					return brush{in.Width}, nil
				}),
				api.Text(brush.String),
				api.Inspected(func(b brush) string { return "<" + b.String() + ">" }),
				api.Brief(func(b brush) string { return "b" + b.String()[6:] }),
				api.Getter("area", "in mm²", func(b brush) any { return b.width * b.width }),
				api.Method("cleanUp", "Cleans it.", func(_ context.Context, b brush, in struct {
					Times int `arg:"times?" doc:"how often"`
				}) (string, error) {
					return fmt.Sprintf("%v cleaned %d times", b, in.Times), nil
				}),
				api.Static[brush](api.Define("ofInches", "Makes one.", func(_ context.Context, in struct {
					Width float64 `arg:"width" doc:"in inches"`
				}) (brush, error) {
					return brush{int(in.Width * 25.4)}, nil
				})),
				api.Shown[brush]("new Brush(3).cleanUp()"),
			),
			api.NewList("BrushList", "Brushes.",
				api.Method("count", "How many.", func(_ context.Context, l brushes, _ api.None) (int, error) { return len(l), nil }),
				api.Paged(func(l brushes) string { return fmt.Sprint(len(l), " brushes") }),
			),
		},
		Objects: []*api.Object{{Name: "settings", Doc: "Settings.", Props: []api.Accessor{
			{Name: "HOME_DIR", Doc: "where", Get: func() any { return home }, Set: func(text string) error { home = text; return nil }},
		}}},
		Errors: []api.ErrorClass{
			{Name: "PaintError", Props: []api.Prop{{Name: "tin", Doc: "which one"}}, Match: func(error) ([]api.Property, bool) { return nil, false }},
			{Name: "DriedError", Parent: "PaintError", Doc: "The paint is dry.", Props: []api.Prop{{Name: "since", Doc: "when it dried"}},
				Match: func(err error) ([]api.Property, bool) { return nil, errors.As(err, new(dried)) }},
		},
		Remarks: []api.Prop{{Name: "args", Doc: "the arguments"}},
		Topics:  []api.Topic{{Name: "ladders", Doc: "how to climb", Text: "# Ladders\n\nUp, slowly.\n"}},
	}
}

type tool struct{}

func (tool) Names() []string        { return nil }
func (tool) Get(string) (any, bool) { return nil, false }
