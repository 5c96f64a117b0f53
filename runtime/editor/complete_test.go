package editor

import (
	"fmt"
	"imapsh/runtime/api"
	"strings"
	"testing"
)

// words completes the word before the cursor.
func words(all ...string) func(*Config) {
	return func(c *Config) {
		c.Complete = func(text string, pos int) api.Completion {
			from := strings.LastIndexAny(text[:pos], " (\n") + 1
			found := api.Completion{From: from, To: pos}
			for _, word := range all {
				if strings.HasPrefix(strings.ToLower(word), strings.ToLower(text[from:pos])) {
					found.Candidates = append(found.Candidates, api.Candidate{Text: word})
				}
			}
			return found
		}
	}
}

// quotes offers two quoted words for a q.
func quotes(c *Config) {
	complete := c.Complete
	c.Complete = func(text string, pos int) api.Completion {
		if text != "q" {
			return complete(text, pos)
		}
		return api.Completion{From: 1, To: 1, Candidates: []api.Candidate{{Text: "swe", Insert: "'swe'"}, {Text: "mag", Insert: "'mag'"}}}
	}
}

func TestComplete(t *testing.T) {
	tests := []struct{ name, keys, want string }{
		{"one", "do\t", "download|"},
		{"one, in the middle", "(do)\x02\t", "(download|)"},
		{"one, behind wide characters", "日 do\t", "日 download|"},
		{"one, complete", "download\t", "download|"},
		{"none", "zz\t\t", "zz|"},
		{"the common prefix", "st\t", "start|"},
		{"the common prefix, in the middle", "(st)\x02\t", "(start|)"},
		{"its case", "ST\t", "start|"},
		{"nothing more is common", "start\t", "start|"},
		{"nothing but a quote is common", "q\t", "q|"},
		{"wide candidates", "日\t", "日本|"},
		{"indents", "f {\r\tx}", "f {\n  x}|"},
		{"completes behind text", "f {\r do\t}", "f {\n download}|"},
		{"text is replaced", "f {\r}" + up + "\x05\x7fdo\t", "f download|\n}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, 80, 24, words("download", "start_date", "startup", "日本語", "日本誌"), quotes)
			if got := d.statement(test.keys + "|\r"); got != test.want {
				t.Errorf("%q reads %q, not %q", test.keys, got, test.want)
			}
		})
	}
}

func TestCompleteRange(t *testing.T) {
	for name, test := range map[string]struct {
		from, to int
		want     string
	}{
		"around":         {1, 4, "(XY|)"},
		"before":         {1, 3, "(XY|é)"},
		"out of bounds":  {-5, 99, "XY|"},
		"the wrong way":  {4, 1, "(abXY|é)"},
		"within a rune":  {1, 4, "(XY|)"},
		"nothing at all": {3, 3, "(abXY|é)"},
	} {
		t.Run(name, func(t *testing.T) {
			d := sit(t, 80, 24, func(c *Config) {
				c.Complete = func(text string, pos int) api.Completion {
					if text != "(abé)" || pos != 3 {
						t.Errorf("asked for %q at %d", text, pos)
					}
					return api.Completion{From: test.from, To: test.to, Candidates: []api.Candidate{{Text: "xy", Insert: "XY"}}}
				}
			})
			if got := d.statement("(abé)\x02\x02\t|\r"); got != test.want {
				t.Errorf("read %q, not %q", got, test.want)
			}
		})
	}
}

func TestCompleteList(t *testing.T) {
	d := sit(t, 30, 12, words("start_date", "startup", "stop", "style", "query"))
	d.read()
	d.types("(st)\x02\t")
	d.sees("start_date  stop\nstartup     style\n> (st▏)")
	d.types("\t") // it stands there already
	d.types("a\t")
	d.sees("start_date  stop\nstartup     style\n> (start▏)")
	d.types("\t")
	d.sees("start_date  stop\nstartup     style\nstart_date  startup\n> (start▏)")
	d.types("up\x05\r")
	if got := d.result(); got != "(startup)" {
		t.Errorf("read %q", got)
	}
	if d.screen.Bells() != 1 {
		t.Errorf("%d bells", d.screen.Bells())
	}
}

func TestCompleteLongList(t *testing.T) {
	var many []string
	for i := range 72 {
		many = append(many, fmt.Sprintf("file_%02d.cdf", i))
	}
	d := sit(t, 100, 30, words(many...))
	d.read()
	d.types("file_\t")
	d.awaits("… 12 more (Tab lists them)\n> file_▏", func() string {
		rows := strings.Split(d.screen.Screen(), "\n")
		return strings.Join(rows[max(len(rows)-2, 0):], "\n")
	})
	d.types("\t")
	d.awaits("all", func() string {
		_, list, _ := strings.Cut(d.screen.Screen(), "…")
		for _, name := range many {
			if !strings.Contains(list, name) {
				return name + " is not in the list"
			}
		}
		return "all"
	})
}

func TestColumns(t *testing.T) {
	candidates := func(texts ...string) []api.Candidate {
		var list []api.Candidate
		for _, text := range texts {
			name, doc, _ := strings.Cut(text, "|")
			list = append(list, api.Candidate{Text: name, Doc: doc})
		}
		return list
	}
	tests := []struct {
		name string
		list []api.Candidate
		most int
		wide int
		want string
	}{
		{"columns", candidates("a", "bb", "ccc", "d", "e"), 60, 14, "a    ccc  e\nbb   d\n"},
		{"wider than the terminal", candidates("abcdefghijklmnop", "b"), 60, 11, "abcdefghi…\nb\n"},
		{"wide characters", candidates("日本", "a", "b"), 60, 14, "日本  b\na\n"},
		{"capped", candidates("a", "b", "c"), 2, 80, "a  b\n… 1 more (Tab lists them)\n"},
		{"documented", candidates("day|of the file", "name"), 60, 40, "day   of the file\nname\n"},
		{"documented, narrow", candidates("day|of the file"), 60, 16, "day  of the fi…\n"},
		{"documented, no room", candidates("day|of the file"), 60, 12, "day\n"},
		{"control characters", candidates("a\x1b[2J\n\u202e"), 60, 40, "a?[2J??\n"},
		{"terminal of no width", candidates("abc"), 60, 0, "abc\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := columns(test.list, test.most, test.wide, false); got != test.want {
				t.Errorf("the list is\n%swhere it should be\n%s", got, test.want)
			}
		})
	}
}
