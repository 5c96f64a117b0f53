package sdc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"imapsh/naming"
)

// variedPaths are files of several instruments, levels, days and versions, some
// before and after the dates that the division begins with.
func variedPaths(t testing.TB) []string {
	var names []string
	for i, instrument := range []string{"mag", "swe", "hi", "ultra"} {
		for day := range 12 {
			date := time.Date(2025, 12, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format("20060102")
			for _, version := range []string{"v001.0001", "v001.0002", "v002.0001", "v002.0003"} {
				names = append(names, fmt.Sprintf("imap_%s_l1a_norm_%s_%s.cdf", instrument, date, version))
			}
			if day%(i+2) == 0 {
				names = append(names, fmt.Sprintf("imap_%s_l2_burst_%s-repoint%05d_v001.0001.cdf", instrument, date, day))
			}
		}
		for day := range 9 {
			names = append(names, fmt.Sprintf("imap_%s_cal_202601%02d_v%03d.csv", instrument, 1+day/2, day),
				fmt.Sprintf("imap_%s_ranged_202601%02d_202602%02d_v%03d.csv", instrument, 1+day/2, 1+day/3, day))
		}
	}
	names = append(names, "imap_mag_l1a_norm_20090101_v001.0001.cdf", "imap_mag_l1a_norm_20100101_v001.0001.cdf",
		"imap_swe_l1a_norm_20990101_v001.0001.cdf")
	return archivePaths(t, names)
}

// limit is on the rows of an answer, as the service's is on its size.
type limit struct {
	mu       sync.Mutex
	rows     int // 0: none
	status   int // of a refusal
	asked    int
	refused  int
	answered []url.Values
}

func (l *limit) set(rows, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows, l.status, l.asked, l.refused, l.answered = rows, status, 0, 0, nil
}

func (l *limit) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/query") {
			next.ServeHTTP(w, r)
			return
		}
		recorder := httptest.NewRecorder()
		next.ServeHTTP(recorder, r)
		var rows []json.RawMessage
		_ = json.Unmarshal(recorder.Body.Bytes(), &rows)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.asked++
		if l.rows > 0 && len(rows) > l.rows {
			l.refused++
			status(l.status, `{"message": "Internal server error"}`)(w, r)
			return
		}
		l.answered = append(l.answered, r.URL.Query())
		w.WriteHeader(recorder.Code)
		_, _ = w.Write(recorder.Body.Bytes())
	})
}

func TestQueriesThatAreTooLarge(t *testing.T) {
	l := &limit{}
	api, _ := realArchive(t, variedPaths(t), func(string) []byte { return []byte("x") }, l.wrap)
	client := newClient(t, Options{URL: api, APIKey: secret})
	client.questions.FirstWait = time.Microsecond
	mags := []naming.Instrument{"mag", "swe"}
	one := 1
	for _, test := range []struct {
		name  string
		query Query
		rows  int // that the service can answer with
	}{
		{"all, without dates", Query{Extension: "cdf"}, 60},
		{"all, down to a day", Query{Extension: "cdf"}, 20},
		{"all, down to an instrument of a day", Query{Extension: "cdf"}, 5},
		{"latest", Query{Extension: "cdf", Version: Latest}, 5},
		{"from a day on", Query{StartDate: "20260101"}, 7},
		{"up to a day", Query{EndDate: "20260102"}, 7},
		{"between days", Query{StartDate: "20251222", EndDate: "20260105"}, 7},
		{"one day", Query{StartDate: "20260105", EndDate: "20260105"}, 3},
		{"list of instruments", Query{Instrument: mags}, 9},
		{"list of instruments, latest", Query{Instrument: mags, Version: Latest}, 2},
		{"list of levels", Query{DataLevel: []naming.DataLevel{"l1a", "l2"}, StartDate: "20260101"}, 6},
		{"a major version", Query{MajorVersion: &one, Extension: "cdf"}, 11},
		{"a version", Query{Version: "v001.0001"}, 11},
		{"descriptors by pattern", Query{Descriptor: []string{"no*"}, Version: Latest}, 3},
		{"by ingestion date", Query{IngestionStartDate: "20200101"}, 50},
		{"by ingestion date, latest", Query{IngestionStartDate: "20200101", Version: Latest}, 5},
		{"ancillary", Query{Table: TableAncillary, Extension: "csv"}, 5},
		{"ancillary, latest", Query{Table: TableAncillary, Extension: "csv", Version: Latest}, 5},
	} {
		statuses := []int{502}
		if test.rows == 60 {
			statuses = []int{500, 502, 504, 413}
		}
		for _, status := range statuses {
			t.Run(fmt.Sprint(test.name, " ", status), func(t *testing.T) {
				l.set(0, status)
				want, err := client.Query(t.Context(), test.query)
				if err != nil || len(want) <= test.rows {
					t.Fatalf("whole: %d rows, %v", len(want), err)
				}
				l.set(test.rows, status)
				got, err := client.Query(t.Context(), test.query)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(jsonOf(t, want), jsonOf(t, got)); diff != "" {
					t.Errorf("%d rows, whole %d:\n%s", len(got), len(want), diff)
				}
				if l.refused == 0 {
					t.Error("nothing was refused")
				}
				if status == 502 {
					t.Logf("%d rows in %d requests, %d of them refused", len(got), l.asked, l.refused)
				}
				for _, q := range l.answered {
					if got, want := q.Get("ingestion_start_date")+q.Get("ingestion_end_date"), string(test.query.IngestionStartDate); got != want {
						t.Errorf("it was divided by ingestion date: %s", q.Encode())
					}
				}
			})
		}
	}
}

func jsonOf(t testing.TB, records Records) []string {
	var lines []string
	for _, r := range records {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(bytes.TrimSpace(text)))
	}
	return lines
}

func TestQueryWhoseSingleDayIsTooLarge(t *testing.T) {
	l := &limit{}
	api, _ := realArchive(t, variedPaths(t), func(string) []byte { return []byte("x") }, l.wrap)
	client := newClient(t, Options{URL: api, APIKey: secret})
	client.questions.FirstWait = time.Microsecond
	l.set(1, 502)
	_, err := client.Query(t.Context(), Query{StartDate: "20260101"})
	var refused *Error
	if !errors.As(err, &refused) || refused.Status != 502 || !strings.Contains(err.Error(), "even a single day (2026") ||
		refused.Reason != TooLarge {
		t.Errorf("%v", err)
	}
}

func TestServiceThatIsDownIsNotAskedOften(t *testing.T) {
	var levels []naming.DataLevel
	var instruments []naming.Instrument
	for _, word := range naming.Instrument("").Values() {
		instruments = append(instruments, naming.Instrument(word))
	}
	for _, word := range naming.DataLevel("").Values()[:13] {
		levels = append(levels, naming.DataLevel(word))
	}
	const down = ": 502 Bad Gateway: the service may be down: no part of the query was answered"
	for _, test := range []struct {
		name  string
		query Query
		most  int // requests
		want  string
	}{
		{"whole mission", Query{Extension: "cdf"}, 25, down},
		{"from a day on", Query{StartDate: "20260101"}, 25, down},
		{"a day of an instrument", Query{StartDate: "20260101", EndDate: "20260101", Instrument: instruments[:1]}, 10, down},
		{"4 combinations", Query{Instrument: instruments[:2], DataLevel: levels[:2]}, 40, down},
		{"169 combinations", Query{Instrument: instruments, DataLevel: levels}, 40, down},
		{"169 combinations of a day", Query{Instrument: instruments, DataLevel: levels, StartDate: "20260101", EndDate: "20260101"}, 40, down},
		{"a file", Query{Filename: someName}, 10, ": 502 Bad Gateway (tried 4 times"},
		{"kernels", Query{Table: TableSPICE, Version: Latest}, 10, ": 502 Bad Gateway (tried 4 times"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				time.Sleep(26 * 365 * 24 * time.Hour) // to the mission's time
				r.onAPI = times(10000, status(502, ""))
				began := time.Now()
				_, err := r.client.Query(t.Context(), test.query)
				var refused *Error
				if !errors.As(err, &refused) || refused.Status != 502 || refused.Reason != MaybeTooLarge {
					t.Errorf("%v", err)
				}
				if !strings.Contains(err.Error(), test.want) {
					t.Errorf("%v\nwant %s", err, test.want)
				}
				if asked := len(r.to("api.test")); asked > test.most || time.Since(began) > 20*time.Second {
					t.Errorf("%d requests in %v", asked, time.Since(began))
				}
			})
		})
	}
}

// TestQueriesLargerThanThisClientTakes: an answer over the client's own limits
// is asked for in parts as well.
func TestQueriesLargerThanThisClientTakes(t *testing.T) {
	var asked atomic.Int64
	client := newClient(t, Options{URL: counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		first, last := r.URL.Query().Get("start_date"), r.URL.Query().Get("end_date")
		if first != last {
			fmt.Fprint(w, "[{}"+strings.Repeat(",{}", maxRows)+"]")
			return
		}
		fmt.Fprintf(w, `[{"file_path":"imap/%s"}]`, first)
	}))})
	records, err := client.Query(t.Context(), Query{StartDate: "20260101", EndDate: "20260103"})
	if diff := cmp.Diff([]string{"imap/20260101", "imap/20260102", "imap/20260103"}, records.FilePaths()); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if asked.Load() != 5 {
		t.Errorf("%d requests", asked.Load())
	}
}

// TestQueryBeyondItsBudget ends with an error, not with a shorter list.
func TestQueryBeyondItsBudget(t *testing.T) {
	long := strings.Repeat(" ", 1000) + `[{"file_path":"imap/x"}]`
	for _, test := range []struct {
		name   string
		budget QueryBudget
		answer string // to a single day; a longer time is refused
		most   int64  // requests
		want   string // empty: an answer
	}{
		{"within", QueryBudget{Requests: 100, Bytes: 100_000}, long, 100, ""},
		{"too many requests", QueryBudget{Requests: 10}, long, 10, "the query needs more than 10 requests, which is the limit of one query"},
		{"too many bytes", QueryBudget{Bytes: 3000}, long, 100, "the answers to the query are longer than 3.0 kB together"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var asked atomic.Int64
			client := newClient(t, Options{QueryBudget: test.budget, URL: counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				if first, last := r.URL.Query().Get("start_date"), r.URL.Query().Get("end_date"); first != last {
					w.WriteHeader(http.StatusRequestEntityTooLarge)
					return
				}
				fmt.Fprint(w, test.answer)
			}))})
			records, err := client.Query(t.Context(), Query{StartDate: "20260101", EndDate: "20260116"})
			if test.want == "" {
				if err != nil || len(records) == 0 {
					t.Errorf("%d rows, %v", len(records), err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) || records != nil || ReasonOf(err) != OverBudget || strings.Contains(err.Error(), "tried") {
				t.Errorf("%d rows, %v, want %s", len(records), err, test.want)
			}
			if asked.Load() > test.most {
				t.Errorf("%d requests", asked.Load())
			}
		})
	}
}

func TestQueriesAreTriedAgain(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		list := status(200, `[{"file_path": "`+somePath+`"}]`)
		r.onAPI = []http.HandlerFunc{status(502, ""), status(503, ""), cutAfter(9, list), status(429, "", "Retry-After", "5"), list}
		r.client.questions.MaxAttempts = 5
		records, err := r.client.Query(t.Context(), Query{Filename: someName})
		if err != nil || len(records) != 1 || records[0].FilePath() != somePath {
			t.Errorf("%v %v", records, err)
		}
		// A 502 that passes divides nothing.
		r.forget()
		r.onAPI = []http.HandlerFunc{status(502, ""), list}
		_, err = r.client.Query(t.Context(), Query{Instrument: []naming.Instrument{"mag"}})
		if asked, _ := r.requests(); err != nil || len(asked) != 2 {
			t.Errorf("%d requests, %v", len(asked), err)
		}
	})
}

// TestProgressOfAQuery counts what the server answers, and the parts of a query that it
// refuses as a whole.
func TestProgressOfAQuery(t *testing.T) {
	l := &limit{}
	api, _ := realArchive(t, variedPaths(t), func(string) []byte { return []byte("x") }, l.wrap)
	client := newClient(t, Options{URL: api, APIKey: secret})
	client.questions.FirstWait = time.Microsecond
	for _, test := range []struct {
		name  string
		query Query
		rows  int // that the service can answer with
		parts bool
	}{
		{"whole", Query{Extension: "cdf"}, 0, false},
		{"a list of instruments", Query{Instrument: []naming.Instrument{"mag", "swe"}}, 0, true},
		{"divided", Query{Extension: "cdf"}, 20, true},
		{"divided down to an instrument of a day", Query{Extension: "cdf"}, 5, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			l.set(test.rows, 502)
			var last QueryProgress
			test.query.Progress = func(p QueryProgress) {
				if p.Answered < last.Answered || p.Done < last.Done || p.Parts < last.Parts || p.Done > p.Parts {
					t.Errorf("%+v after %+v", p, last)
				}
				last = p
			}
			if _, err := client.Query(t.Context(), test.query); err != nil {
				t.Fatal(err)
			}
			if want := (QueryProgress{Answered: l.asked, Done: len(l.answered), Parts: len(l.answered)}); last != want || test.parts != (last.Parts > 1) {
				t.Errorf("at the end %+v, want %+v", last, want)
			}
		})
	}
}
