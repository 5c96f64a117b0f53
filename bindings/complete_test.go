package bindings_test

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"imapsh/bindings"
	"imapsh/runtime"
	"imapsh/sdc"
)

// completingSession is a session that has asked one query.
func completingSession(t testing.TB, url string) *runtime.Session {
	t.Helper()
	client, err := sdc.New(sdc.Options{URL: url, DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	memory := runtime.NewMemory("")
	api := bindings.New(bindings.Host{Client: client, Stdout: io.Discard, Memory: memory})
	session, err := runtime.New(runtime.Options{API: api, Memory: memory})
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func TestComplete(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"imap_mag_cal_20260101_v001.csv", "other.txt"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("folder", 0o755); err != nil {
		t.Fatal(err)
	}
	s := completingSession(t, serve(t, sampleFiles()))
	for _, code := range []string{
		"files = query({instrument: 'mag', data_level: 'l2', version: 'latest', start_date: '20260105', end_date: '20260105'})",
		"called = 0; trap = {get secret() { called++; return {inner: 1} }, open: {deep: 1}}; proxy = new Proxy({}, {get() { called++ }, ownKeys() { called++; return [] }})",
		"class Hostile extends Error { get message() { called++; return '' } }; hostile = new Hostile(); hidden = {get x() { return {inner: 1} }}",
		"Object.defineProperty(Object.prototype, 'value', {get() { called++; return {inner: 1} }})",
	} {
		if _, err := s.Eval(t.Context(), "test", code); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name, text string // | is the cursor; without it, the cursor is at the end and more follows
		want       string // candidates as they are inserted, joined by blanks; … allows more
	}{
		{"global", "que", "query"},
		{"in the middle of a statement", "x = [1, down", "download"},
		{"keyword", "ins", "instanceof"},
		{"option", "query({instr", "instrument: "},
		{"options that are left", "query({instrument: 'mag', data_l", "data_level: "},
		{"option given already", "query({instrument: 'mag', instr", ""},
		{"options of a method", "files.download({con", "concurrency: "},
		{"options after an argument", "download(files, {keep", "keep_going: "},
		{"option of a class's function", "ScienceFilePath.generateFromInputs({data", "data_level: "},
		{"value gets quotes", "query({instrument: sw", "'swapi' 'swe'"},
		{"value within quotes", `query({instrument: "sw`, `swapi" swe"`},
		{"quote that stands there", "query({instrument: 'sw|'})", "swapi swe"},
		{"the other quote after it", "query({instrument: 'sw|\"})", "swapi' swe'"},
		{"folder, quote that stands there", "upload('fold|')", "folder/"},
		{"value in a list", "query({instrument: ['mag', 'gl", "glows'"},
		{"level", "query({instrument: 'mag', data_level: 'l1c", "l1c' l1ca' l1cb'"},
		{"boolean", "download(files, {overwrite: t", "true"},
		{"learnt descriptor", "query({descriptor: 'norm-", "norm-dsrf' norm-gse' norm-rtn'"},
		{"file names of the last result", "download('imap_mag_l2_norm-g", "imap_mag_l2_norm-gse_20260105_v001.0001.cdf'"},
		{"file names for a class", "new ScienceFilePath('imap_mag_l2_norm-g", "imap_mag_l2_norm-gse_20260105_v001.0001.cdf'"},
		{"field", "files.sortBy('data", "data_level'"},
		{"second field", "files.sortBy('descriptor', 'start", "start_date'"},
		{"local file", "upload('imap", "imap_mag_cal_20260101_v001.csv'"},
		{"local folder", "upload('fold", "folder/"},
		{"member of a list", "files.summ", "summary"},
		{"array's own", "files.toSor", "toSorted"},
		{"one spelling", "files.group", "groupBy"},
		{"member of a record", "files[0].data_l", "data_level"},
		{"method of a record", "files[0].downl", "download"},
		{"member of a call's result", "query({instrument: 'mag'}).lat", "latest"},
		{"along a chain", "query({}).latest().filter(f => f).sort", "sort sortBy"},
		{"record of a call's result", "query({})[0].descr", "descriptor"},
		{"new object", "new ScienceFilePath('x').construct", "constructPath constructor"},
		{"static", "ImapFilePath.par", "parse"},
		{"config", "config.DATA_", "DATA_ACCESS_URL DATA_DIR"},
		{"text", "'abc'.padS", "padStart"},
		{"number of a variable", "called.toF", "toFixed"},
		{"data property", "trap.open.de", "deep"},
		{"members without every object's", "trap.", "open secret"},
		{"every object's member", "trap.hasOwn", "hasOwnProperty"},
		{"getter is not run", "trap.secret.in", ""},
		{"getter behind a spoilt prototype", "hidden.x.in", ""},
		{"stack of an error whose message is computed", "hostile.stack.le", ""},
		{"stack of an error", "new Error('x').stack.le", ""},
		{"proxy is not touched", "proxy.a", ""},
		{"in a comment", "// que", ""},
		{"nothing known", "unknown.th", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, after, marked := strings.Cut(test.text, "|")
			if !marked {
				after = " + more"
			}
			c := s.Complete(before+after, len(before))
			var got []string
			for _, candidate := range c.Candidates {
				insert := candidate.Insert
				if insert == "" {
					insert = candidate.Text
				}
				got = append(got, insert)
			}
			slices.Sort(got)
			if joined := strings.Join(got, " "); joined != test.want {
				t.Errorf("offers %q, want %q", joined, test.want)
			}
			if c.To != len(before) || c.From > c.To {
				t.Errorf("replaces %d to %d of %d", c.From, c.To, len(before))
			}
		})
	}
	called, err := s.Eval(t.Context(), "test", "called")
	if err != nil || called.ToInteger() != 0 {
		t.Errorf("completion ran the script's code %v times (%v)", called, err)
	}
}

func TestMemoryLasts(t *testing.T) {
	path := t.TempDir() + "/state/words.json"
	m := runtime.NewMemory(path)
	m.Learn("descriptor", []string{"norm-gse", "raw", "raw"})
	m.Recall("filename", []string{"a", "b"})
	if err := m.Save(); err != nil {
		t.Fatal(err)
	}
	again := runtime.NewMemory(path)
	if got := strings.Join(again.Words("descriptor"), " "); got != "norm-gse raw" {
		t.Errorf("descriptors %q", got)
	}
	if got := again.Words("filename"); len(got) != 0 {
		t.Errorf("file names lasted: %q", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// BenchmarkComplete completes with 100,000 records in _.
func BenchmarkComplete(b *testing.B) {
	s := completingSession(b, serve(b, manyFiles(100_000)))
	if _, err := s.Eval(b.Context(), "bench", "_ = query({data_level: 'l1a'})"); err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"que", "_.", "_[0].da", "download('imap_mag_l1a_product-3", "query({instrument: '"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				s.Complete(text, len(text))
			}
		})
	}
}
