package parseargs_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"imapsh/bindings/recipes/parseargs"
	"imapsh/runtime/api"
)

// now is the day that relative dates count from.
var now = time.Date(2026, 2, 11, 12, 0, 0, 0, time.UTC)

const all = `{"allowPositionals": true, "options": {
	"instrument": {"type": "instrument", "short": "i", "default": "mag", "description": "which instrument"},
	"data_level": {"type": "data_level", "short": "l", "multiple": true},
	"descriptor": {"type": "descriptor"},
	"start": {"type": "date", "short": "s", "default": "-7d", "description": "first day"},
	"days": {"type": "integer", "short": "n"},
	"factor": {"type": "number"},
	"to": {"type": "file"},
	"note": {"type": "string"},
	"format": {"type": "string", "choices": ["csv", "json"]},
	"dry_run": {"type": "boolean", "short": "d"},
	"quick": {"type": "boolean", "short": "q"}}}`

func config(t *testing.T, text string) *parseargs.Config {
	t.Helper()
	value, err := parseargs.FromJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseargs.NewConfig(value)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, args string
		want       map[string]any // besides the defaults
		positional []string
	}{
		{"nothing", "", map[string]any{}, nil},
		{"long", "--instrument swe", map[string]any{"instrument": "swe"}, nil},
		{"attached", "--instrument=swe", map[string]any{"instrument": "swe"}, nil},
		{"short", "-i swe", map[string]any{"instrument": "swe"}, nil},
		{"short, attached", "-iswe -n3", map[string]any{"instrument": "swe", "days": int64(3)}, nil},
		{"letters in one", "-dqi swe", map[string]any{"dry_run": true, "quick": true, "instrument": "swe"}, nil},
		{"either spelling", "--dry-run --data_level l2 --data-level l1a", map[string]any{"dry_run": true, "data_level": []any{"l2", "l1a"}}, nil},
		{"the last one counts", "--days 1 --days 2", map[string]any{"days": int64(2)}, nil},
		{"a date", "--start 2026-01-05", map[string]any{"start": "20260105"}, nil},
		{"a date with a minus", "--start -1d", map[string]any{"start": "20260210"}, nil},
		{"a negative number", "--days -3 --factor -0.5", map[string]any{"days": int64(-3), "factor": -0.5}, nil},
		{"a string with a minus", "--note=-x", map[string]any{"note": "-x"}, nil},
		{"an equals sign in a value", "--note=a=b", map[string]any{"note": "a=b"}, nil},
		{"choices", "--format json", map[string]any{"format": "json"}, nil},
		{"paths and descriptors", "--to ../x.csv --descriptor norm-mago", map[string]any{"to": "../x.csv", "descriptor": "norm-mago"}, nil},
		{"positionals between", "a --days 1 b -", map[string]any{"days": int64(1)}, []string{"a", "b", "-"}},
		{"a relative day among them", "mag -7d", map[string]any{}, []string{"mag", "-7d"}},
		{"after --", "a -- --days -x --", map[string]any{}, []string{"a", "--days", "-x", "--"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := config(t, all).Parse(strings.Fields(test.args), now)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]any{"instrument": "mag", "start": "20260204"}
			for name, value := range test.want {
				want[name] = value
			}
			values := map[string]any{}
			for _, field := range got.Values {
				values[field.Name] = field.Value
			}
			if diff := cmp.Diff(want, values); diff != "" {
				t.Errorf("values (-want +got)\n%s", diff)
			}
			if strings.Join(test.positional, "|") != strings.Join(got.Positionals, "|") {
				t.Errorf("positionals %q", got.Positionals)
			}
		})
	}
}

func TestWrongArguments(t *testing.T) {
	const plain = `{"options": {"days": {"type": "integer", "required": true, "description": "how many"}, "quick": {"type": "boolean"}}}`
	for _, test := range []struct{ name, config, args, want string }{
		{"unknown", all, "--instrumnt swe", `unknown option "--instrumnt"; did you mean "--instrument"?`},
		{"unknown and far", plain, "--zzz", `unknown option "--zzz"; the options are --days, --quick`},
		{"unknown letter", all, "-z", `unknown option "-z"; the options are --instrument,`},
		{"unknown letter among others", all, "-dz", `unknown option "-z" in "-dz"`},
		{"one dash for two", all, "-instrument swe", `-i "nstrument": must be one of codice`},
		{"one dash, no such letter", all, "-format csv", `unknown option "-format"; did you mean "--format"?`},
		{"no options at all", `{}`, "--days", `unknown option "--days": the recipe takes no options`},
		{"an instrument", all, "-i swee", `-i "swee": must be one of codice, glows, hi, hit, ialirt, idex, l1const, lo, mag, spacecraft, swapi, swe, ultra; did you mean "swe"?`},
		{"an empty value", all, "--instrument=", `--instrument "": must be one of`},
		{"a level", all, "--data-level 2", `--data-level "2": must be one of l0,`},
		{"a date", all, "--start soon", `--start "soon" is no date: it must be YYYYMMDD`},
		{"a day that is not", all, "--start 2026-02-30", `"2026-02-30" does not exist`},
		{"an integer", all, "--days 1.5", `--days "1.5": must be an integer`},
		{"an integer too large", all, "--days 9007199254740992", `must be an integer`},
		{"a number", all, "--factor x", `--factor "x": must be a number`},
		{"no number", all, "--factor Infinity", `--factor "Infinity": must be a number`},
		{"a choice", all, "--format jsn", `--format "jsn": must be one of csv, json; did you mean "json"?`},
		{"a descriptor", all, "--descriptor a_b", `--descriptor "a_b": must be the descriptor of a product`},
		{"a file", all, "--to=", `--to "": must be the path of a file`},
		{"no value", all, "--instrument", `--instrument: its value is missing: one of codice`},
		{"an option for a value", all, "--note --days", `--note: its value is missing before "--days"`},
		{"a value for a boolean", all, "--quick=true", `--quick takes no value`},
		{"missing", plain, "", `--days is missing: how many`},
		{"unexpected", plain, "--days 1 x", `unexpected argument "x": the recipe takes options only: --days, --quick`},
		{"unexpected, no options", `{}`, "x", `unexpected argument "x": the recipe takes no arguments`},
		{"not negative", plain, "--days 1 --no-quick", `unknown option "--no-quick"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := config(t, test.config).Parse(strings.Fields(test.args), now)
			var wrong *parseargs.ArgumentError
			var usage *api.UsageError
			if !errors.As(err, &wrong) || !errors.As(err, &usage) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestLoose(t *testing.T) {
	got, err := config(t, `{"strict": false, "options": {"days": {"type": "integer"}}}`).Parse(strings.Fields("--days 2 --other=1 -x y --other"), now)
	want := parseargs.Result{Values: []parseargs.Field{{Name: "days", Value: int64(2)}, {Name: "other", Value: true}, {Name: "x", Value: true}}, Positionals: []string{"y"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestNegative(t *testing.T) {
	c := config(t, `{"allowNegative": true, "options": {"color": {"type": "boolean", "default": true}, "n": {"type": "integer"}}}`)
	got, err := c.Parse([]string{"--no-color"}, now)
	if diff := cmp.Diff([]parseargs.Field{{Name: "color", Value: false}}, got.Values); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, arg := range []string{"--no-n", "--no-color=x"} {
		if _, err := c.Parse([]string{arg}, now); err == nil {
			t.Errorf("%s is taken", arg)
		}
	}
}

func TestWrongDeclarations(t *testing.T) {
	option := func(text string) string { return `{"options": {"days": ` + text + `}}` }
	for _, test := range []struct{ name, text, want, token string }{
		{"no object", `"x"`, `parseArgs: "x": must be an object`, ""},
		{"a key", `{"option": {}}`, `parseArgs: unknown key "option"; did you mean "options"?`, "option"},
		{"tokens", `{"tokens": true}`, `unknown key "tokens"; the keys are options, allowPositionals, strict, allowNegative, args`, "tokens"},
		{"options", `{"options": []}`, `options: an array: must be an object of options`, "options"},
		{"strict", `{"strict": "yes"}`, `strict: "yes": must be true or false`, "strict"},
		{"args", `{"args": [1]}`, `args: an array: must be an array of strings`, "args"},
		{"an option", option(`5`), `options.days: 5: must be an object`, "days"},
		{"a key of an option", option(`{"type": "string", "shrt": "d"}`), `options.days: unknown key "shrt"; did you mean "short"?`, "shrt"},
		{"no type", option(`{"short": "d"}`), `type is missing: one of string, boolean, number, integer, date, instrument, data_level, descriptor, file`, "days"},
		{"a type", option(`{"type": "int"}`), `type "int": must be one of`, "int"},
		{"short", option(`{"type": "string", "short": "dd"}`), `short: "dd": must be one letter or digit`, "short"},
		{"short twice", `{"options": {"a": {"type": "string", "short": "x"}, "b": {"type": "string", "short": "x"}}}`, `options.b: short "x" is that of a already`, "short"},
		{"two spellings", `{"options": {"dry_run": {"type": "boolean"}, "dry-run": {"type": "boolean"}}}`, `it is the same option as dry_run`, "dry-run"},
		{"a name", `{"options": {"a b": {"type": "string"}}}`, `an option's name is made of letters`, "a b"},
		{"choices", option(`{"type": "string", "choices": []}`), `choices: an array: must be an array of strings or numbers`, "choices"},
		{"a default", option(`{"type": "instrument", "default": "swee"}`), `options.days: default "swee": must be one of`, "swee"},
		{"a default no choice", option(`{"type": "string", "choices": ["a"], "default": "b"}`), `default "b": must be one of a`, "b"},
		{"a default no boolean", option(`{"type": "boolean", "default": "b"}`), `default: "b": must be true or false`, "default"},
		{"a default no array", option(`{"type": "string", "multiple": true, "default": "b"}`), `default: "b": must be an array`, "default"},
		{"a default an array", option(`{"type": "string", "default": ["b"]}`), `default: an array: must be one value`, "default"},
		{"required with a default", option(`{"type": "string", "required": true, "default": "b"}`), `give required or default`, "required"},
	} {
		t.Run(test.name, func(t *testing.T) {
			value, err := parseargs.FromJSON(test.text)
			if err != nil {
				t.Fatal(err)
			}
			_, err = parseargs.NewConfig(value)
			var usage *api.UsageError
			if !errors.As(err, &usage) || !strings.Contains(err.Error(), test.want) || usage.Token != test.token {
				t.Errorf("got  %v about %q\nwant %s about %q", err, usage.Token, test.want, test.token)
			}
		})
	}
}

func TestHelp(t *testing.T) {
	got := config(t, `{"allowPositionals": true, "options": {
		"instrument": {"type": "instrument", "short": "i", "default": "mag", "description": "which instrument"},
		"data_level": {"type": "data_level", "multiple": true, "default": ["l1a", "l2"]},
		"start": {"type": "date", "required": true, "description": "first day"},
		"format": {"type": "string", "choices": ["csv", "json"]},
		"dry-run": {"type": "boolean", "default": false, "description": "write nothing\u001b[31m"}}}`).Help("imapsh r.js")
	want := `Usage: imapsh r.js --start DAY [options] [arguments]

Options:
  -i, --instrument INSTRUMENT   which instrument: one of codice, glows, hi, hit, ialirt,
                                idex, l1const, lo, mag, spacecraft, swapi, swe, ultra
                                (default mag)
      --data-level LEVEL        one of l0, l1, l1a, l1b, l1c, l1ca, l1cb, l1d, l2, l2a,
                                l2b, l2c, l3, l3a, l3b, l3c, l3d, l3e (may be given again,
                                default l1a l2)
      --start DAY               first day (required)
      --format TEXT             one of csv, json
      --dry-run                 write nothing\x1b[31m
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestComplete(t *testing.T) {
	for _, test := range []struct {
		name, before, typed, want string
		files                     bool
	}{
		{"options", "", "--d", "--data-level --descriptor --days --dry-run", false},
		{"not again", "--days 1 -d", "--d", "--data-level --descriptor", false},
		{"of several values again", "--data-level l2", "--da", "--data-level --days", false},
		{"help", "", "--he", "--help", false},
		{"values", "-i", "sw", "swapi swe", false},
		{"values behind letters", "-di", "sw", "swapi swe", false},
		{"values of a long option", "--format", "", "csv json", false},
		{"attached", "", "--instrument=sw", "--instrument=swapi --instrument=swe", false},
		{"dates", "--start", "", "today yesterday -7d", false},
		{"descriptors", "--descriptor", "norm", "norm-mago", false},
		{"a file", "--to", "x", "", true},
		{"an argument", "--dry-run", "x", "", true},
		{"after --", "--", "--d", "", true},
		{"an integer", "--days", "", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			candidates, files := config(t, all).Complete(strings.Fields(test.before), test.typed, []string{"norm-mago", "sci"})
			var words []string
			for _, c := range candidates {
				words = append(words, c.Word)
			}
			if got := strings.Join(words, " "); got != test.want || files != test.files {
				t.Errorf("%s, files %v", got, files)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(all, "-dqi swe --start=-1d x")
	f.Fuzz(func(t *testing.T, declared, args string) {
		value, err := parseargs.FromJSON(declared)
		if err != nil {
			return
		}
		c, err := parseargs.NewConfig(value)
		if err != nil {
			return
		}
		c.Help("r")
		c.Complete(strings.Fields(args), "--", nil)
		_, _ = c.Parse(strings.Fields(args), now)
	})
}
