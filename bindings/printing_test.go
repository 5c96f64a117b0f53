package bindings_test

import (
	"bytes"
	"strings"
	"testing"

	"imapsh/bindings"
	"imapsh/runtime"
	"imapsh/sdc"
)

// TestNothingIsCutOffATerminal prints long values where there is no terminal.
func TestNothingIsCutOffATerminal(t *testing.T) {
	w := newWorld(t, sdc.Options{})
	for code, want := range map[string]int{
		"print(query({instrument: 'mag', data_level: 'l1b'}).slice(0, 60))":                             61,
		"print([...query({instrument: 'mag'})].slice(0, 150).map(f => 'a' + f.filename + f.file_path))": 152,
		"print({long: 'x'.repeat(20000)})":                                                              1,
		"print({a: {b: {c: {d: {e: {f: {g: 1}}}}}}})":                                                   1,
	} {
		w.out.Reset()
		if _, err := w.Eval(t.Context(), "test", code); err != nil {
			t.Fatal(err)
		}
		got := w.out.String()
		if strings.Contains(got, "…") || strings.Contains(got, "[Object]") {
			t.Errorf("%s is cut: %s", code, got[max(0, len(got)-200):])
		}
		if lines := strings.Count(got, "\n"); lines < want {
			t.Errorf("%s prints %d lines, want at least %d", code, lines, want)
		}
	}
}

// TestPages prints as the prompt does on a screen of 100 columns and 30 lines.
func TestPages(t *testing.T) {
	var out bytes.Buffer
	client, err := sdc.New(sdc.Options{URL: serve(t, sampleStore()), DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	session, err := runtime.New(runtime.Options{
		API: bindings.New(bindings.Host{Client: client, Stdout: &out}), Stdout: &out,
		Width: func() int { return 100 }, Height: func() int { return 30 },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, code string
		lines      int
		rest       string // "" : nothing is left
		contains   string
	}{
		{"groups", "query({instrument: 'mag', data_level: 'l2', version: 'latest'}).groupBy('descriptor')", 6, "", "'norm-gse': FileList(40) mag l2 norm-gse 20260101…20260209"},
		{"records in a list", "[...query({instrument: 'mag', data_level: 'l2', version: 'latest'})].slice(0, 40)", 42, "", "  FileRecord imap_mag_l2_burst-dsrf_20260101_v"},
		{"more than two screens", "[...query({instrument: 'mag', data_level: 'l2', version: 'latest'})].slice(0, 100)", 28, "74 more lines", "FileRecord"},
		{"a table", "query({instrument: 'mag', data_level: 'l2', version: 'latest'}).slice(0, 30)", 21, "10 more", "filename"},
		{"a long string", "'x'.repeat(20000)", 1, "a part is left out", "… 17200 more characters"},
		{"a path in a list", "[new ScienceFilePath('imap_swe_l0_raw_20240101_v001.pkts')]", 1, "", "[ ScienceFilePath 'imap_swe_l0_raw_20240101_v001.pkts' ]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			value, err := session.Eval(t.Context(), "test", test.code)
			if err != nil {
				t.Fatal(err)
			}
			text, next, rest := session.Page(value, 0)
			if got := strings.Count(text, "\n") + 1; got != test.lines || rest != test.rest || !strings.Contains(text, test.contains) {
				t.Errorf("%d lines, want %d; %q is left, want %q:\n%s", got, test.lines, rest, test.rest, text)
			}
			all := text
			for pages := 0; next != 0 && pages < 100; pages++ {
				text, next, _ = session.Page(value, next)
				all += "\n" + text
			}
			whole := session.FormatAll(value)
			if last := whole[strings.LastIndex(whole, "\n")+1:]; !strings.HasSuffix(all, last) {
				t.Errorf("the pages do not end as the whole does, with %.100s", last)
			}
		})
	}
}
