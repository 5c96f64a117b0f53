package archive

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// lines decodes a file of JSON lines, or skips the test when it is missing.
func lines[T any](t *testing.T, file string) []T {
	t.Helper()
	f, err := os.Open(file)
	if os.IsNotExist(err) {
		t.Skip("the vectors are missing: ", file)
	} else if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []T
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		var v T
		if err := json.Unmarshal(scanner.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// tokens are the tokens of a JSON text, with numbers as they are written: equal
// tokens mean equal values, of equal types, and fields in the same order.
func tokens(t testing.TB, text string) []json.Token {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var list []json.Token
	for {
		token, err := d.Token()
		if err == io.EOF {
			return list
		} else if err != nil {
			t.Fatalf("%v in %q", err, text)
		}
		list = append(list, token)
	}
}

func TestQueryVectors(t *testing.T) {
	const dir = "../../../shared/vectors/query/"
	catalog := lines[struct {
		FilePath      string    `json:"file_path"`
		IngestionDate time.Time `json:"ingestion_date"`
		Released      bool
	}](t, dir+"catalog.jsonl")
	vectors := lines[struct {
		Path   string
		Params json.RawMessage
		Status int
		Body   json.RawMessage
	}](t, dir+"vectors.jsonl")

	o := serve(t, Options{Store: memory()})
	for _, c := range catalog {
		catalogued(t, o.Archive, entry{c.FilePath, c.IngestionDate, c.Released})
	}
	for i, v := range vectors {
		// The parameters in their order, which json.Unmarshal would lose.
		var query []string
		fields := tokens(t, string(v.Params))
		for j := 1; j+1 < len(fields); j += 2 {
			query = append(query, url.QueryEscape(fields[j].(string))+"="+url.QueryEscape(fields[j+1].(string)))
		}
		target := o.api + v.Path + "?" + strings.Join(query, "&")
		got := request(t, "GET", target, "", "x-api-key", testKey)
		if got.status != v.Status || got.header.Get("Content-Type") != "application/json" {
			t.Errorf("%d %s: status %d %s, want %d", i, target, got.status, got.header.Get("Content-Type"), v.Status)
			continue
		}
		if diff := cmp.Diff(tokens(t, string(v.Body)), tokens(t, got.body)); diff != "" {
			t.Errorf("%d %s: (-want +got)\n%s", i, target, diff)
		}
	}
	t.Logf("%d rows in the catalog, %d requests", len(catalog), len(vectors))
}

func TestQuery(t *testing.T) {
	series := func(suffix string) string {
		return "imap/hit/l2/2026/01/imap_hit_l2_counts_20260107" + suffix + ".cdf"
	}
	v3, v4 := series("_v003"), series("_v004")
	v0, v1, v1b := series("_v000.0009"), series("_v001.0001"), series("_v001.0002")
	point3, point5 := series("-repoint00005_v003"), series("-repoint00005_v000.0001")
	rotation := series("-cr00005_v001.0002")
	odd := `imap/hit/l2/2026/01/imap_hit_l2_z"b<&é_20260108_v001.0001.cdf`
	hiddenPath := series("_v002.0001")
	o := serve(t, Options{Store: memory(v3, v4, v0, v1, v1b, point3, point5, rotation, odd, hiddenPath, magPath, oldPath, calPath, quickPath),
		Unreleased: []string{hiddenPath}})
	tests := []struct {
		name, query string
		want        []string
	}{
		{"everything, of the latest major", "", []string{rotation, point3, v1, v1b, v3, v4, odd, magPath, oldPath}},
		{"latest: an old name has major version 1", "?latest=true&instrument=hit", []string{point3, v4, odd}},
		{"latest in capitals", "?latest=TRUE&descriptor=counts", []string{point3, v4}},
		{"latest=1 is not true for the real server", "?latest=1&descriptor=counts", []string{rotation, point3, v1, v1b, v3, v4}},
		{"minor version of old names", "?version=v003", []string{point3, v3, oldPath}},
		{"filters come before the ranking", "?minor_version=9", []string{v0}},
		{"full version", "?version=v001.0002", []string{rotation, v1b}},
		{"version without v", "?version=1.2", []string{rotation, v1b}},
		{"exact major", "?major_version=0", []string{point5, v0}},
		{"major wins over latest", "?major_version=1&latest=true&descriptor=counts", []string{rotation, point3, v1, v1b, v3, v4}},
		{"version overrules major", "?major_version=0&version=1.2", []string{rotation, v1b}},
		{"repointing", "?repointing=5&major_version=0", []string{point5}},
		{"rotation", "?cr=5", []string{rotation}},
		{"path", "?file_path=" + url.QueryEscape(odd), []string{odd}},
		{"descriptor that JSON escapes", "?descriptor=" + url.QueryEscape(`z"b<&é`), []string{odd}},
		{"released", "?released=True&instrument=mag", []string{magPath}},
		{"released 1", "?released=1&instrument=mag", []string{magPath}},
		{"unreleased", "?released=false", []string{}},
		{"unreleased 0", "?released=0", []string{}},
		{"crid", "?crid=x", []string{}},
		{"empty value", "?instrument=", []string{}},
		{"value that is a folder", "?instrument=hit/l2", []string{}},
		{"injection", "?instrument=" + url.QueryEscape("hit' OR '1'='1"), []string{}},
		{"last of two", "?instrument=mag&instrument=swe", []string{oldPath}},
		{"start and end", "?start_date=20260108&end_date=20260108", []string{odd}},
		{"ingestion day, inclusive", "?instrument=mag&ingestion_start_date=20260110&ingestion_end_date=20260110", []string{magPath}},
		{"ingested before", "?ingestion_end_date=20260109", []string{}},
		{"ingested after", "?ingestion_start_date=20260111", []string{}},
		{"ingestion date as ISO", "?instrument=mag&ingestion_date=2026-01-10T13:00:00%2B01:00", []string{magPath}},
		{"ancillary", "?table=ancillary&instrument=swe&version=v001", []string{calPath}},
		{"ancillary end filters by start", "?table=ancillary&end_date=20251113", []string{calPath}},
		{"quicklook", "?table=quicklook&data_level=l1a&instrument=swe", []string{quickPath}},
		{"level alone", "?data_level=l0", []string{magPath, oldPath}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := paths(t, request(t, "GET", o.api+"/query"+test.query, "")); !slices.Equal(got, test.want) {
				t.Errorf("got %q\nwant %q", got, test.want)
			}
		})
	}

	got := paths(t, request(t, "GET", o.api+"/authorized/query?latest=true&descriptor=counts", "", "Authorization", "Bearer "+testKey))
	if want := []string{point3, hiddenPath}; !slices.Equal(got, want) {
		t.Errorf("with a key: got %q\nwant %q", got, want)
	}
	got = paths(t, request(t, "GET", o.api+"/api-key/query?released=0", "", "x-api-key", testKey))
	if want := []string{hiddenPath}; !slices.Equal(got, want) {
		t.Errorf("unreleased, with a key: got %q\nwant %q", got, want)
	}
	row := request(t, "GET", o.api+"/query?descriptor=raw&instrument=swe", "").body
	want := `[{"file_path":"` + oldPath + `","instrument":"swe","data_level":"l0","descriptor":"raw","start_date":"20260109","repointing":null,` +
		`"major_version":1,"minor_version":3,"ingestion_date":"20260110 12:00:00","cr":null,"crid":null,"released":true,"extension":"pkts","version":"v003"}]`
	if row != want {
		t.Errorf("an older version's row: %s\nwant %s", row, want)
	}
	hiddenRow := request(t, "GET", o.api+"/api-key/query?released=0", "", "x-api-key", testKey).body
	if !strings.Contains(hiddenRow, `"crid":null,"released":false,"extension":"cdf","version":"v002.0001"}`) {
		t.Errorf("a hidden row: %s", hiddenRow)
	}
}

func TestBadQueries(t *testing.T) {
	o := serve(t, Options{Store: memory(magPath)})
	productParameters := "['file_path', 'instrument', 'data_level', 'descriptor', 'start_date', 'repointing', 'major_version', 'minor_version', " +
		"'ingestion_date', 'cr', 'crid', 'released', 'extension', 'end_date', 'ingestion_start_date', 'ingestion_end_date']"
	tests := []struct{ name, query, want string }{
		{"spice table", "table=spice", "spice is not a table of this server. Valid tables are: ['science', 'ancillary', 'quicklook']"},
		{"unknown table", "table=x", "x is not a table of this server. Valid tables are: ['science', 'ancillary', 'quicklook']"},
		{"unknown parameter", "foo=1", "foo is not a valid query parameter for science table. Valid query parameters are: " + productParameters},
		{"the first unknown", "b=1&a=1", "b is not a valid query parameter for science table. Valid query parameters are: " + productParameters},
		{"latest of quicklook", "table=quicklook&latest=true", "latest is not a valid query parameter for quicklook table. Valid query parameters are: " + productParameters},
		{"level of ancillary", "table=ancillary&data_level=l1", "data_level is not a valid query parameter for ancillary table. Valid query parameters are: " +
			"['file_path', 'instrument', 'descriptor', 'start_date', 'end_date', 'version', 'extension', 'ingestion_date', 'released', 'ingestion_start_date', 'ingestion_end_date']"},
		{"version of letters", "version=vfoo", "Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'."},
		{"empty version", "version=", "Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'."},
		{"half a version", "version=v001.", "Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'."},
		{"signed version", "version=v-1", "Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'."},
		{"huge version", "version=v99999999999999999999", "Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'."},
		{"month for a day", "start_date=202511", `Invalid 'start_date' value "202511". Use a day as YYYYMMDD, such as 20260131.`},
		{"no such day", "ingestion_end_date=20260230", `Invalid 'ingestion_end_date' value "20260230". Use a day as YYYYMMDD, such as 20260131.`},
		{"repointing of letters", "repointing=x", `Invalid 'repointing' value "x". Use an integer.`},
		{"released", "released=maybe", `Invalid 'released' value "maybe". Use true or false.`},
		{"ingestion date", "ingestion_date=today", `Invalid 'ingestion_date' value "today". Use a time in UTC as YYYYMMDD HH:MM:SS.`},
		{"broken escape", "instrument=%zz", `the query string holds a broken escape: "instrument=%zz"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := request(t, "GET", o.api+"/query?"+test.query, "")
			if got.status != 400 || got.header.Get("Content-Type") != "application/json" {
				t.Errorf("status %d, %s", got.status, got.header.Get("Content-Type"))
			}
			if text := jsonText(t, got.body); text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

// synthetic gives an archive n science rows: versions v001.0001 and v001.0002 of
// each file.
func synthetic(t testing.TB, a *Archive, n int) {
	t.Helper()
	entries := make([]entry, 0, n)
	instruments := []string{"codice", "glows", "hi", "hit", "idex", "lo", "mag", "swapi", "swe", "ultra"}
	for i := range n {
		day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/2%500)
		entries = append(entries, entry{
			path: fmt.Sprintf("imap/%[1]s/l2/%[2]s/imap_%[1]s_l2_product-%[3]d_%[4]s_v001.%04[5]d.cdf",
				instruments[i%20/2], day.Format("2006/01"), i/1000, day.Format("20060102"), i%2+1),
			ingested: day.Add(time.Hour), released: true,
		})
	}
	catalogued(t, a, entries...)
}

// discard is a ResponseWriter that counts.
type discard struct {
	header http.Header
	rows   int
}

func (d *discard) Header() http.Header { return d.header }
func (d *discard) WriteHeader(int)     {}
func (d *discard) Write(p []byte) (int, error) {
	d.rows += bytes.Count(p, []byte("file_path"))
	return len(p), nil
}

// TestQueryOfManyRowsTakesLittleMemory: an answer is made piece by piece, and a
// row of it from some 650 bytes (the bound is ten times as much).
func TestQueryOfManyRowsTakesLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("catalogues 20,000 rows")
	}
	a := open(t, Options{Store: memory()})
	const n = 20_000
	synthetic(t, a, n)
	for query, want := range map[string]int{"": n, "latest=true": n / 2, "major_version=1": n, "instrument=mag": n / 10} {
		s, err := parseQuery(query, true)
		if err != nil {
			t.Fatal(err)
		}
		w := &discard{}
		largest := 0
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err = a.catalog.answer(t.Context(), s, func(p []byte) error {
			largest = max(largest, len(p))
			_, err := w.Write(p)
			return err
		})
		runtime.ReadMemStats(&after)
		perRow := (after.TotalAlloc - before.TotalAlloc) / n // of those read
		if err != nil || w.rows != want || largest > 2_000_000 || perRow > 6_500 {
			t.Errorf("%q: %d rows, want %d; pieces of %d bytes; %d bytes of memory a row; %v", query, w.rows, want, largest, perRow, err)
		}
		t.Logf("%q: pieces of %d bytes; %d bytes of memory a row", query, largest, perRow)
	}
}

// TestSlowReadersKeepNobodyWaiting changes the catalog while an answer is written.
func TestSlowReadersKeepNobodyWaiting(t *testing.T) {
	for name, catalog := range map[string]string{"memory": "", "file": filepath.Join(t.TempDir(), "catalog.sqlite")} {
		t.Run(name, func(t *testing.T) {
			a := open(t, Options{Store: memory(), Catalog: catalog})
			synthetic(t, a, 3*chunkRows)
			s, err := parseQuery("latest=true", true)
			if err != nil {
				t.Fatal(err)
			}
			pieces := 0
			err = a.catalog.answer(t.Context(), s, func([]byte) error {
				pieces++
				return a.catalog.change(t.Context(), func(w *change) error { return w.hide(fmt.Sprint("imap/", pieces)) })
			})
			if err != nil || pieces < 3 {
				t.Errorf("%d pieces, %v", pieces, err)
			}
		})
	}
}

// gone is a ResponseWriter whose reader goes away at the first piece.
type gone struct {
	discard
	leave func()
}

func (g *gone) Write(p []byte) (int, error) {
	g.leave()
	return g.discard.Write(p)
}

func TestAnswerThatBreaksOffIsNoWholeAnswer(t *testing.T) {
	a := open(t, Options{Store: memory()})
	synthetic(t, a, 3*chunkRows)
	ctx, leave := context.WithCancel(t.Context())
	w := &gone{discard{header: http.Header{}}, leave}
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("recovered %v", v)
		}
		if w.rows == 0 || w.rows >= 3*chunkRows {
			t.Errorf("%d rows", w.rows)
		}
	}()
	a.API("http://objects").ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/query", nil))
}

func BenchmarkQuery100k(b *testing.B) {
	a := open(b, Options{Store: memory()})
	start := time.Now()
	synthetic(b, a, 100_000)
	b.Logf("catalogued in %v", time.Since(start))
	api := a.API("http://objects")
	for _, query := range []string{"", "?latest=true", "?major_version=1", "?instrument=mag", "?start_date=20260101&end_date=20260107"} {
		b.Run(query, func(b *testing.B) {
			b.ReportAllocs()
			var w *discard
			for b.Loop() {
				w = &discard{header: http.Header{}}
				api.ServeHTTP(w, httptest.NewRequest("GET", "/query"+query, nil))
			}
			b.ReportMetric(float64(w.rows), "rows")
			var stats runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&stats)
			b.ReportMetric(float64(stats.HeapAlloc)/1e6, "MB-heap-after")
		})
	}
}
