package sdc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadRecords(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       string // the records as JSON, or the error
		fails      bool
	}{
		{"none", `[]`, `[]`, false},
		{"a row", ` [ {"file_path":"imap/a/b.cdf", "start_date":"20260101"} ] `,
			`[{"file_path":"imap/a/b.cdf","start_date":"20260101","filename":"b.cdf"}]`, false},
		{"values", `[{"a":1,"b":-2.5,"c":true,"d":null,"e":"é\n\"","f":9007199254740993,"g":1e3}]`,
			`[{"a":1,"b":-2.5,"c":true,"d":null,"e":"é\n\"","f":9007199254740993,"g":1000,"filename":""}]`, false},
		{"nested values", `[{"a":[1,[2],{"b":null}],"c":{"d":"e"}}]`, `[{"a":[1,[2],{"b":null}],"c":{"d":"e"},"filename":""}]`, false},
		{"rows of differing shape", `[{"a":1,"b":2},{"a":1},{"b":3,"a":4,"c":5},{},{"a":1,"b":2}]`,
			`[{"a":1,"b":2,"filename":""},{"a":1,"filename":""},{"b":3,"a":4,"c":5,"filename":""},{"filename":""},{"a":1,"b":2,"filename":""}]`, false},
		{"a field called filename", `[{"filename":"x","file_path":"imap/y"}]`, `[{"server_filename":"x","file_path":"imap/y","filename":"y"}]`, false},
		{"kernel", `[{"file_name":"ck/x.bc","version":3}]`, `[{"file_name":"ck/x.bc","version":3,"filename":"x.bc"}]`, false},
		{"path that is no text", `[{"file_path":7}]`, `[{"file_path":7,"filename":""}]`, false},
		{"hostile field name", `[{"a\u001b[2J":1}]`, `row 1: the server sent a row with the field name "a�[2J"`, true},
		{"empty field name", `[{"":1}]`, `row 1: the server sent a row with the field name ""`, true},
		{"field name that would leave the JSON", `[{"a\",\"b":1}]`, `row 1: the server sent a row with the field name`, true},
		{"field twice", `[{"a":1,"a":2}]`, "row 1: ", true},
		{"truncated list", `[{"a":1}`, "the answer ends in the middle", true},
		{"truncated row", `[{"a":1},{"a":`, "row 2: the answer ends in the middle", true},
		{"truncated word", `[{"a":"xy`, "row 1: the answer ends in the middle", true},
		{"empty", ``, "the answer ends in the middle", true},
		{"HTML", `<html>`, "", true},
		{"an object", `{"message":"x"}`, "where a list was expected", true},
		{"text", `"x"`, "where a list was expected", true},
		{"rows that are none", `[1]`, "row 1: the server sent number where a row was expected", true},
		{"more after it", `[] []`, "text follows the list", true},
		{"not UTF-8", "[{\"a\":\"\xff\"}]", "row 1: ", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, err := readRecords(strings.NewReader(test.body))
			if test.fails {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%v %v, want %s", records, err, test.want)
				}
				return
			}
			text, jsonErr := json.Marshal(records)
			if diff := cmp.Diff(test.want, string(text)); diff != "" || err != nil || jsonErr != nil {
				t.Errorf("%v %v\n%s", err, jsonErr, diff)
			}
		})
	}
}

func FuzzReadRecords(f *testing.F) {
	for _, body := range []string{`[]`, `[{"file_path":"imap/x","a":1},{"a":null}]`, `[{"a":[{"b":1}]}]`, `[{"a":1}`, `<html>`, `[{"filename":"x"}]`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		records, err := readRecords(strings.NewReader(string(body)))
		if err != nil {
			return
		}
		var plain []map[string]any
		if err := json.Unmarshal(body, &plain); err != nil || len(plain) != len(records) {
			t.Fatalf("%d rows, encoding/json has %d: %v", len(records), len(plain), err)
		}
		for i, r := range records {
			text, err := json.Marshal(r)
			var again map[string]any
			if err != nil || json.Unmarshal(text, &again) != nil {
				t.Fatalf("row %d is written as %s: %v", i, text, err)
			}
			if len(r.Names()) != len(plain[i])+1 {
				t.Errorf("row %d has the fields %v, was %v", i, r.Names(), plain[i])
			}
			r.FilePath()
			r.version()
		}
	})
}

// TestAnswersThatAreNone: what comes instead of a list is an error that says so,
// and takes no more memory than a list may.
func TestAnswersThatAreNone(t *testing.T) {
	endless := func(start, piece string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, start)
			text := strings.Repeat(piece, 1<<20/len(piece))
			for range 300 {
				if _, err := io.WriteString(w, text); err != nil {
					return
				}
			}
		}
	}
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"HTML", status(200, "<html>log in", "Content-Type", "text/html"), "not the list"},
		{"a row whose path is a number", status(200, `[{"file_path":5}]`), "row 1 names no file"},
		{"truncated JSON", status(200, `[{"a":1},`), "ends in the middle"},
		{"300 MB of one word", endless(`[{"a":"`, "xxxxxxxx"), "longer than 1 MB"},
		{"300 MB of one list", endless(`[{"a":[[]`, ",[]"), "longer than 1 MB"},
		{"300 MB of spaces", endless(`[`, "        "), "longer than 1 MB"},
		{"300 MB of rows", endless(`[{}`, ",{}"), "longer than 64 MB"},
		{"300 MB of lists", endless(`[{}`, `,{"a":[`+strings.Repeat("[],", 10000)+`[]]}`), "more than 8 MB of lists"},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := newClient(t, Options{URL: counted(t, new(atomic.Int64), test.answer)})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := client.Query(t.Context(), Query{Filename: someName})
			runtime.ReadMemStats(&after)
			var failure *Error
			if !errors.As(err, &failure) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v", err)
			}
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 800<<20 {
				t.Errorf("%d MB were taken", taken>>20)
			}
			t.Logf("%d MB were taken", (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
}

// TestRowsOfTwoShapes: rows share their names with rows of their shape, whatever
// stands between them. (A row takes some 40 kB; they had seven hundred.)
func TestRowsOfTwoShapes(t *testing.T) {
	row := func(letter string) string {
		var fields []string
		for i := range 250 {
			fields = append(fields, fmt.Sprintf("%q:1", fmt.Sprint(letter, i)))
		}
		return "{" + strings.Join(fields, ",") + "}"
	}
	const pairs = 500
	body := "[" + strings.Repeat(row("a")+","+row("b")+",", pairs) + "{}]"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	records, err := readRecords(strings.NewReader(body))
	runtime.ReadMemStats(&after)
	if err != nil || len(records) != 2*pairs+1 {
		t.Fatalf("%d rows, %v", len(records), err)
	}
	if &records[0].names[0] != &records[2*pairs-2].names[0] {
		t.Error("rows of one shape have names of their own")
	}
	perRow := (after.TotalAlloc - before.TotalAlloc) / (2 * pairs)
	if perRow > 100_000 {
		t.Errorf("%d bytes of memory a row", perRow)
	}
	t.Logf("%d bytes of memory a row", perRow)
}

func TestLatest(t *testing.T) {
	row := func(path, version string, more ...string) string {
		text := fmt.Sprintf(`{"file_path":"%s","instrument":"mag","start_date":"20260101","version":%s`, path, version)
		for i := 0; i+1 < len(more); i += 2 {
			text += fmt.Sprintf(`,"%s":%s`, more[i], more[i+1])
		}
		return text + "}"
	}
	for _, test := range []struct {
		name string
		rows []string
		want string
	}{
		{"minor numbers, not words", []string{row("a", `"v001.0009"`), row("b", `"v001.0010"`)}, "b"},
		{"major before minor", []string{row("a", `"v002.0001"`), row("b", `"v001.0009"`)}, "a"},
		{"plain", []string{row("a", `"v003"`), row("b", `"v010"`), row("c", `"v002"`)}, "b"},
		{"another end date is another file", []string{row("a", `"v001"`, "end_date", `"20260102"`), row("b", `"v002"`, "end_date", `"20260103"`)}, "a b"},
		{"null and absent are the same", []string{row("a", `"v001"`, "end_date", `null`), row("b", `"v002"`)}, "b"},
		{"another extension", []string{row("a", `"v001"`, "extension", `"cdf"`), row("b", `"v002"`, "extension", `"csv"`)}, "a b"},
		{"another repointing", []string{row("a", `"v001"`, "repointing", `1`), row("b", `"v002"`, "repointing", `2`)}, "a b"},
		{"another rotation", []string{row("a", `"v001"`, "cr", `1`), row("b", `"v002"`, "cr", `2`)}, "a b"},
		{"kernels by root", []string{row("a", `1`, "file_root", `"r"`), row("b", `12`, "file_root", `"r"`), row("c", `3`, "file_root", `"s"`)}, "b c"},
		{"no version", []string{row("a", `null`), row("b", `"v000"`), row("c", `"nonsense"`)}, "b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, err := readRecords(strings.NewReader("[" + strings.Join(test.rows, ",") + "]"))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(records.Latest().FilePaths(), " "); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}
