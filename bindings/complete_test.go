package bindings_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"imapsh/bindings"
	"imapsh/runtime"
	"imapsh/runtime/prompt"
	"imapsh/sdc"
)

// completingSession is a session that has asked one query.
func completingSession(t testing.TB, url string) (*runtime.Session, *prompt.SeenWords) {
	t.Helper()
	client, err := sdc.New(sdc.Options{URL: url, DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	words := prompt.NewSeenWords("")
	api := bindings.New(bindings.Host{Client: client, Stdout: io.Discard, Words: words})
	session, err := runtime.New(runtime.Options{API: api, Words: words.Words})
	if err != nil {
		t.Fatal(err)
	}
	return session, words
}

func TestComplete(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"imap_mag_cal_20260101_v001.csv", "other.txt", "it's.csv", "new\nline.csv"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("folder", 0o755); err != nil {
		t.Fatal(err)
	}
	s, words := completingSession(t, serve(t, sampleStore()))
	words.Remember("descriptor", []string{`o'clock\`, "bell\a"})
	for _, code := range []string{
		"files = query({instrument: 'mag', data_level: 'l2', version: 'latest', start_date: '20260105', end_date: '20260105'})",
		"called = 0; trap = {get secret() { called++; return {inner: 1} }, open: {deep: 1}}; proxy = new Proxy({}, {get() { called++ }, ownKeys() { called++; return [] }})",
		"class Hostile extends Error { get message() { called++; return '' } }; hostile = new Hostile(); hidden = {get x() { return {inner: 1} }}",
		"many = {}; for (let i = 0; i < 100000; i++) many['key' + i] = i; list = []; numbers = new Uint8Array(1e6)",
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
		{"field of an element", "files.filter(f => f.ingestion_d", "ingestion_date"},
		{"field of an element of a call", "query({}).some(f => f.ingestion_d", "ingestion_date"},
		{"field of an element, further on", "files.filter(f => f.version > 'v1').map(({version}) => 1).length + files.find(g => g.data_l", "data_level"},
		{"field, downwards", "files.sortBy('-start", "-start_date'"},
		{"what help is asked of", "help(que", "'query'"},
		{"what help is asked of, by name", "help('que", "query'"},
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
		{"learnt descriptor", "query({descriptor: 'norm-", "norm-dsrf' norm-gse' norm-magi' norm-mago' norm-rtn' norm-srf'"},
		{"descriptor that no result has shown", "query({descriptor: 'hi-pitch", "hi-pitch-angle'"},
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

		{"option, other spelling", "query({dataLe", "data_level: "},
		{"field, other spelling", "files[0].dataL", "data_level"},
		{"method, other spelling", "files.group_b", "groupBy"},
		{"setting, other spelling", "config.dataD", "DATA_DIR"},
		{"option before its colon", "query({instr|: 'mag'})", "instrument"},
		{"option within its name", "query({instr|ument : 'mag'})", "instrument"},
		{"quoted option", "query({'instr", "instrument': "},
		{"quoted option, all there", "query({'instr|': 'mag'})", "instrument'"},
		{"quoted option, its quote there", `query({"instr|"})`, `instrument": `},
		{"value with a rest", "query({instrument: 'm|xx'})", "mag"},
		{"value with a rest and no quote", "query({instrument: 'm|xx})", "mag'"},
		{"value before another string", "query({instrument: ['m|, 'swe']})", "mag'"},
		{"name with a rest", "que|ry({})", "query"},
		{"version", "query({version: ", "'latest'"},
		{"version in quotes", "query({version: 'l", "latest'"},
		{"date", "query({start_date: ", "'-7d' 'today' 'yesterday'"},
		{"date in quotes", "query({start_date: 'y", "yesterday'"},
		{"value that nobody knows", "query({cr: ", "Hostile called files hidden hostile list many numbers proxy trap value"},
		{"argument", "sleep(", "Hostile called files hidden hostile list many numbers proxy trap value"},
		{"argument of known words", "files.sortBy(de", "'descriptor'"},
		{"path in the archive", "download('imap/mag/l2/2026/01/imap_mag_l2_norm-g", "imap/mag/l2/2026/01/imap_mag_l2_norm-gse_20260105_v001.0001.cdf'"},
		{"member of many numbers", "numbers.subar", "subarray"},
		{"item of many numbers", "numbers.999", ""},
		{"many keys", "many.key9999", "key9999 key99990 key99991 key99992 key99993 key99994 key99995 key99996 key99997 key99998 key99999"},
		{"local file with a quote", "upload('it", `it\'s.csv'`},
		{"local file with a quote, typed", `upload('it\'s`, `it\'s.csv'`},
		{"local file with a quote in others", `upload("it`, `it's.csv"`},
		{"no local file with a line break", "upload('new", ""},
		{"word with a quote", "query({descriptor: 'o", `o\'clock\\'`},
		{"word with a quote, no quotes typed", "query({descriptor: o", `'o\'clock\\'`},
		{"word with control characters", "query({descriptor: 'bel", ""},
		{"debugger", "debugg", "debugger"},
	}
	wholes := map[string]string{ // the text after the first candidate was taken
		"option before its colon":        "query({instrument: 'mag'})",
		"option within its name":         "query({instrument : 'mag'})",
		"quoted option, all there":       "query({'instrument': 'mag'})",
		"quoted option, its quote there": `query({"instrument": })`,
		"value with a rest":              "query({instrument: 'mag'})",
		"value with a rest and no quote": "query({instrument: 'mag'})",
		"value before another string":    "query({instrument: ['mag', 'swe']})",
		"quote that stands there":        "query({instrument: 'swapi'})",
		"name with a rest":               "query({})",
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
			if c.To < len(before) || c.From > len(before) {
				t.Errorf("replaces %d to %d of %d", c.From, c.To, len(before))
			}
			if whole, ok := wholes[test.name]; ok && before[:c.From]+got[0]+(before + after)[c.To:] != whole {
				t.Errorf("makes %s, not %s", before[:c.From]+got[0]+(before + after)[c.To:], whole)
			}
		})
	}
	called, err := s.Eval(t.Context(), "test", "called")
	if err != nil || called.ToInteger() != 0 {
		t.Errorf("completion ran the script's code %v times (%v)", called, err)
	}
}

// BenchmarkComplete completes with 100,000 records in _.
func BenchmarkComplete(b *testing.B) {
	s, _ := completingSession(b, serve(b, manyFiles(100_000)))
	if _, err := s.Eval(b.Context(), "bench", "_ = query({data_level: 'l1a'}); many = {}; for (let i = 0; i < 100000; i++) many['key' + i] = i"); err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"que", "_.", "_[0].da", "many.key9999", "download('imap_mag_l1a_product-3", "query({instrument: '"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				s.Complete(text, len(text))
			}
		})
	}
}

// TestProductsSeenComeFirst: products() and the completion of descriptors begin with what
// results of this archive have shown, in this session or an earlier one.
func TestProductsSeenComeFirst(t *testing.T) {
	file := filepath.Join(t.TempDir(), "words.json")
	sample, other := serve(t, sampleStore()), serve(t, manyFiles(10))
	session := func(url string, words *prompt.SeenWords) *runtime.Session {
		client, err := sdc.New(sdc.Options{URL: url, DataDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		s, err := runtime.New(runtime.Options{API: bindings.New(bindings.Host{Client: client, Stdout: io.Discard, Words: words}), Words: words.Words})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	show := func(s *runtime.Session, code string) string {
		value, err := s.Eval(t.Context(), "test", code)
		if err != nil {
			t.Fatal(err)
		}
		return s.Text(value)
	}
	const mag = "products({instrument: 'mag'}).slice(0, 1).map(p => [p.data_level, p.descriptor].join()).join()"
	words := prompt.NewSeenWords(file)
	s := session(other, words)
	before := show(s, mag)
	all := show(s, "products().length")
	if got := show(s, "query({instrument: 'mag', data_level: 'l1a'}); "+mag); got != "l1a,product-0" || got == before {
		t.Errorf("the first product of mag is %s, it was %s", got, before)
	}
	if got := show(s, "products().length"); got == all {
		t.Errorf("%s products before and after", got)
	}
	if got := words.Words("descriptor"); got[0] != "product-0" {
		t.Errorf("completion begins with %q", got[:3])
	}
	if got := show(session(sample, words), mag); got != before {
		t.Errorf("another archive shows %s", got)
	}
	if err := words.Save(); err != nil {
		t.Fatal(err)
	}
	if got := show(session(other, prompt.NewSeenWords(file)), mag); got != "l1a,product-0" {
		t.Errorf("a later session shows %s", got)
	}
	if got := show(session(sample, words), "query({table: 'ancillary', instrument: 'mag'}); products({instrument: 'mag'}).every(p => p.data_level)"); got != "true" {
		t.Error("a table of calibrations is a science product")
	}
}
