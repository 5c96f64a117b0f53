package api_test

import (
	"strings"
	"testing"

	"imapsh/runtime/api"
)

func TestNames(t *testing.T) {
	a := toy()
	for name, got := range map[string]string{
		"paint keep raw open Tool Brush BrushList settings PaintError DriedError": strings.Join(a.Names(), " "),
		"cleanUp area ofInches count": strings.Join(a.Members(), " "),
		"BrushList":                   a.ListWith("count").Name,
		"data-level":                  api.FlagName("data_level"),
		"data_level":                  api.Snake("dataLevel"),
		"read_json":                   api.Snake("readJSON"),
		"json_file":                   api.Snake("JSONFile"),
		"a_b":                         api.Snake("a_B"),
	} {
		if got != name {
			t.Errorf("%s, not %s", got, name)
		}
	}
	if a.ListWith("cleanUp") != nil || !a.Takes("dark_blue") || a.Takes("blue") {
		t.Error("the wrong class or word")
	}
	brushClass, tool := a.Classes[1], a.Classes[0]
	for field, has := range map[string]bool{"hair_width": true, "hairWidth": true, "note": true, "age": false, "nothing": false} {
		if a.MayHave(brushClass, field) != has {
			t.Errorf("Brush.%s: %v", field, !has)
		}
	}
	if !a.MayHave(tool, "hair_width") {
		t.Error("what inherits from a tool may have a hair width")
	}
	for name, want := range map[string]string{
		"cleanUpp":  `; did you mean "cleanUp"?`,
		"hairWidt":  `; did you mean "hair_width"?`,
		"something": `; the fields are hair_width`,
	} {
		if got := a.SuggestMember(brushClass, []string{"hair_width"}, name); got != want {
			t.Errorf("%s: %s, not %s", name, got, want)
		}
	}
	settings := a.Objects[0]
	for _, name := range []string{"HOME_DIR", "homeDir", "home_dir"} {
		if _, ok := settings.Prop(name); !ok {
			t.Errorf("there is no %s", name)
		}
	}
	if _, ok := settings.Prop("HOME"); ok {
		t.Error("HOME is there")
	}
}

func TestHelp(t *testing.T) {
	a := toy()
	for name, test := range map[string]struct{ got, want string }{
		"a function": {a.Funcs[0].Help(), `paint(room, [walls…], {…})
Paints a room.

  room                   which room
  walls                  which of its walls

Options
  colours                colour, or a list
                         red, green, dark_blue
  day                    when
                         2026-01-05, today
  coats                  how many
  litres                 how much
  size                   how large
  note                   anything
  told                   is told of each wall
  dry_run                say what would be done

Examples
  paint('hall', 1, 2)
  paint('hall', {colours: 'red'})
`},
		"a class": {a.Classes[1].Help(), `new Brush(width)
A brush.

  width                  in mm

Fields
  hair_width             in mm
  .area                  in mm²

Methods
  .cleanUp([times])                  Cleans it.
  Brush.ofInches(width)              Makes one.

Examples
  new Brush(3).cleanUp()
`},
		"an object": {a.Objects[0].Help(), "settings\nSettings.\n\n  HOME_DIR               where\n"},
		"a name":    {a.Remarks[0].Help(), "args\nthe arguments\n"},
		"a class of errors": {a.Thrown(a.Errors[1]).Help(), `DriedError extends PaintError
The paint is dry.

  .since                 when it dried
  .tin                   which one
  .message               what went wrong
  .hint                  what to do next, where there is something
  .stack                 the calls that led to it
`},
		"of an unknown parent": {a.Thrown(api.ErrorClass{Name: "E", Parent: "Gone"}).Help()[:16], "E extends Gone\n\n"},
		"everything": {a.Overview(), `  functions    paint keep raw open
  classes      Tool Brush BrushList
  values       settings args
  errors       PaintError DriedError
  ladders      how to climb

help('query') explains one of them, help('functions') has a line for each.
`},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("got\n%s\nnot\n%s", test.got, test.want)
			}
		})
	}
	if text, ok := a.Section("classes"); !ok || text != "  Tool                               A tool.\n  new Brush(width)                   A brush.\n  BrushList                          Brushes.\n" {
		t.Errorf("help on classes: %v %s", ok, text)
	}
	if page := a.Topic("ladders"); page == nil || page.Text != "# Ladders\n\nUp, slowly.\n" {
		t.Errorf("help on ladders: %+v", page)
	}
	if _, ok := a.Section("ladders"); ok || a.Topic("nothing") != nil || a.Topic("classes") != nil {
		t.Error("nothing is a topic")
	}
	if words := strings.Join(a.HelpWords(), " "); !strings.HasSuffix(words, "DriedError functions classes values errors ladders") {
		t.Errorf("help can be asked for %s", words)
	}
}

func TestFlagDocs(t *testing.T) {
	for _, p := range api.OptionsOf[paintInput]() {
		want := map[string][3]string{
			"colours": {"colour, or a list: red green dark_blue", "red green dark_blue", "string"},
			"day":     {"when: 2026-01-05 today", "today", "string"},
			"coats":   {"how many", "", "number"},
			"dry_run": {"say what would be done", "", "boolean"},
		}
		if w, ok := want[p.Name]; ok && (p.FlagDoc() != w[0] || strings.Join(p.Allowed(), " ") != w[1] || p.Type != w[2] || p.List != (p.Name == "colours")) {
			t.Errorf("%s: %q, %v, %s", p.Name, p.FlagDoc(), p.Allowed(), p.Type)
		}
	}
}
