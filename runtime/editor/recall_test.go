package editor

import "testing"

const (
	up    = "\x1b[A"
	down  = "\x1b[B"
	right = "\x1b[C"
	end   = "\x1b[F"
)

func TestRecall(t *testing.T) {
	entries := []string{"query(1)", "download(2)", "f {\n  x\n}", "query(3)"}
	tests := []struct{ name, keys, want string }{
		{"the last", up, "query(3)|"},
		{"of many lines", up + up, "f {\n  x\n}|"},
		{"through many lines", up + up + up, "download(2)|"},
		{"to the top", up + up + up + up + up + up, "query(1)|"},
		{"and back", up + up + down, "query(3)|"},
		{"to what was typed", "quer" + up + up + down + down + down, "quer|"},
		{"of what was typed", "quer" + up + up, "query(1)|"},
		{"of what no statement starts with", "zz" + up, "zz|"},
		{"by ^P and ^N", "\x10\x10\x10\x0e", "f {\n  x\n}|"},
		{"edit in many lines", up + up + "\x02" + up + "y", "f {\ny  x\n}"},
		{"down in many lines", up + up + "\x02" + up + down + "y", "f {\n  x\ny}"},
		{"down at the bottom", down, "|"},
		{"no history", down + down + up + down, "|"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, 80, 24, kept(entries...))
			keys := test.keys
			if test.want[len(test.want)-1] == '|' {
				keys += "|"
			}
			if got := d.statement(keys + "\r"); got != test.want && got != test.want+"|" {
				t.Errorf("%q reads %q, not %q", test.keys, got, test.want)
			}
		})
	}
}

func TestNoHistory(t *testing.T) {
	d := sit(t, 80, 24)
	if got := d.statement(up + up + down + "\x12\x12x\x03\x13\x07" + "ok\r"); got != "ok" {
		t.Errorf("read %q", got)
	}
	// What has been read is in the history of the same editor.
	if got := d.statement(up + "\r"); got != "ok" {
		t.Errorf("read %q", got)
	}
}

func TestSearch(t *testing.T) {
	entries := []string{"query(mag)", "download(Mag)", "f {\n  swe\n}", "help"}
	const r = "\x12"
	tests := []struct{ name, keys, want string }{
		{"newest first", r + "mag", "download(Mag)"},
		{"older", r + "mag" + r, "query(mag)"},
		{"older and newer", r + "mag" + r + "\x13", "download(Mag)"},
		{"beyond the oldest", r + "mag" + r + r + r, "query(mag)"},
		{"many lines", r + "swe", "f {\n  swe\n}"},
		{"backspace", r + "magx\x7f" + r, "query(mag)"},
		{"backspace to nothing", "x" + r + "m\x7f\x7f\x7f", "x"},
		{"cancelled by ^G", "x" + r + "mag\x07", "x"},
		{"cancelled by ^C", "x" + r + "mag\x03y", "xy"},
		{"edited", r + "mag\x05;", "download(Mag);"},
		{"edited where it matches", r + "mag\x02x", "downloadx(Mag)"},
		{"deleted where it matches", r + "mag\x04", "download(ag)"},
		{"pasted", r + "\x1b[200~query\nx\x1b[201~", "query(mag)"},
		{"not found", "x" + r + "zz\x1b[24~", "x"},
		{"wide", r + "日", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, 80, 24, kept(entries...))
			if got := d.statement(test.keys + "\r"); got != test.want {
				t.Errorf("%q reads %q, not %q", test.keys, got, test.want)
			}
		})
	}
}

func TestSuggestion(t *testing.T) {
	entries := []string{"query(instrument)", "f {\n  x\n}"}
	tests := []struct{ name, keys, want string }{
		{"right accepts", "que" + right, "query(instrument)"},
		{"End accepts", "que" + end, "query(instrument)"},
		{"a word of it", "que\x1bf", "query"},
		{"not in the middle", "que\x02" + right, "que"},
		{"not on Enter", "que", "que"},
		{"all its lines", "f" + right, "f {\n  x\n}"},
		{"none", "zz" + right, "zz"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := sit(t, 80, 24, colour, kept(entries...))
			if got := d.statement(test.keys + "\r"); got != test.want {
				t.Errorf("%q reads %q, not %q", test.keys, got, test.want)
			}
		})
	}
	t.Run("not without colours", func(t *testing.T) {
		d := sit(t, 80, 24, kept(entries...))
		if got := d.statement("que" + right + "\r"); got != "que" {
			t.Errorf("read %q", got)
		}
	})
}
