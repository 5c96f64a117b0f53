package sdc

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"imapsh/naming"
)

func TestPlan(t *testing.T) {
	one, zero := 1, 0
	repointing, rotation := Repointing(1), Rotation(0)
	for _, test := range []struct {
		name  string
		query Query
		want  []string // endpoint and parameters of each request, or part of the error
		fails bool
	}{
		{"nothing", Query{}, []string{"give at least one option"}, true},
		{"a table alone", Query{Table: TableAncillary}, []string{"give at least one option"}, true},
		{"one", Query{Instrument: []naming.Instrument{"mag"}}, []string{"/query?instrument=mag"}, false},
		{"all of science", Query{Instrument: []naming.Instrument{"mag"}, DataLevel: []naming.DataLevel{"l1a"}, Descriptor: []string{"norm"},
			StartDate: "20260101", EndDate: "20260102", IngestionStartDate: "20260103", IngestionEndDate: "20260104",
			Repointing: &repointing, CR: &rotation, MajorVersion: &one, MinorVersion: &zero, Extension: ".cdf"},
			[]string{"/query?cr=0&data_level=l1a&descriptor=norm&end_date=20260102&extension=cdf&ingestion_end_date=20260104&" +
				"ingestion_start_date=20260103&instrument=mag&major_version=1&minor_version=0&repointing=1&start_date=20260101"}, false},
		{"lists", Query{Instrument: []naming.Instrument{"swe", "mag", "swe"}, DataLevel: []naming.DataLevel{"l2", "l1a"}}, []string{
			"/query?data_level=l1a&instrument=mag", "/query?data_level=l2&instrument=mag",
			"/query?data_level=l1a&instrument=swe", "/query?data_level=l2&instrument=swe"}, false},
		{"descriptors", Query{Descriptor: []string{"b", "a"}}, []string{"/query?descriptor=a", "/query?descriptor=b"}, false},
		{"descriptors with a pattern", Query{Descriptor: []string{"a", "b*"}}, []string{"/query?"}, false},
		{"science, latest", Query{Version: Latest}, []string{"/query?latest=true"}, false},
		{"science, a version", Query{Version: "v001.0003"}, []string{"/query?version=v001.0003"}, false},
		{"quicklook, a version", Query{Table: TableQuicklook, Version: "v001.0003"},
			[]string{"/query?major_version=1&minor_version=3&table=quicklook"}, false},
		{"quicklook, a minor version", Query{Table: TableQuicklook, Version: "v003"}, []string{"/query?minor_version=3&table=quicklook"}, false},
		{"quicklook, latest", Query{Table: TableQuicklook, Version: Latest}, []string{"/query?table=quicklook"}, false},
		{"ancillary", Query{Table: TableAncillary, Version: "v003"}, []string{"/query?table=ancillary&version=v003"}, false},
		{"ancillary, level", Query{Table: TableAncillary, DataLevel: []naming.DataLevel{"l1a"}}, []string{"table ancillary does not take data_level; it takes instrument, descriptor, start_date"}, true},
		{"ancillary, repointing", Query{Table: TableAncillary, Repointing: &repointing}, []string{"table ancillary does not take repointing"}, true},
		{"ancillary, major", Query{Table: TableAncillary, MajorVersion: &one}, []string{"table ancillary does not take major_version"}, true},
		{"version and parts", Query{Version: "v001", MajorVersion: &one}, []string{"not both"}, true},
		{"ends before it begins", Query{StartDate: "20260102", EndDate: "20260101"}, []string{"is before start_date"}, true},
		{"ingestion likewise", Query{IngestionStartDate: "20260102", IngestionEndDate: "20260101"}, []string{"is before ingestion_start_date"}, true},
		{"filename", Query{Filename: someName}, []string{"/query?file_path=" + strings.ReplaceAll(somePath, "/", "%2F")}, false},
		{"no filename", Query{Filename: "x.txt"}, []string{"filename: "}, true},
		{"type of science", Query{Type: "spin"}, []string{"type is for table spice"}, true},
		{"filename of another table", Query{Filename: "imap_mag_l1-calibration_20251017_v001.cdf"},
			[]string{"/query?file_path=imap%2Fancillary%2Fmag%2Fimap_mag_l1-calibration_20251017_v001.cdf&table=ancillary"}, false},
		{"filename of a picture", Query{Filename: "imap_mag_l1a_norm_20260105_v001.png"},
			[]string{"/query?file_path=imap%2Fquicklook%2Fmag%2Fl1a%2F2026%2F01%2Fimap_mag_l1a_norm_20260105_v001.png&table=quicklook"}, false},
		{"filename of a kernel", Query{Filename: "imap/spice/lsk/naif0012.tls"}, []string{"/spice-query?file_name=naif0012.tls&type=kernels"}, false},
		{"filename of a spin table", Query{Filename: "imap_2026_267_2026_268_02.spin.csv"},
			[]string{"/spin-table?file_path=imap%2Fspice%2Fspin%2Fimap_2026_267_2026_268_02.spin.csv"}, false},
		{"filename of a dependency file", Query{Filename: "imap_mag_l1a_norm_20260105_v001.json"}, []string{"names a dependency file, and no table"}, true},
		{"filename of a release file", Query{Filename: "imap_mag_x_20260105_v001.txt"}, []string{"names a release file, and no table"}, true},
		{"filename in the wrong table", Query{Table: TableScience, Filename: "naif0012.tls"}, []string{"names a spice file, but the table is science"}, true},
		{"filename of two classes", Query{Table: TableScience, Filename: "imap_codice_l1a_20250101_20250102_v001.cdf"},
			[]string{"/query?file_path=imap%2Fcodice%2Fl1a%2F2025%2F01%2Fimap_codice_l1a_20250101_20250102_v001.cdf"}, false},
		{"filename of another type", Query{Table: TableSPICE, Type: "spin", Filename: "naif0012.tls"}, []string{"its type is leapseconds, not spin"}, true},
		{"filename of a table as a kernel", Query{Table: TableSPICE, Type: "kernels", Filename: "imap_2026_267_02.repoint.csv"}, []string{"its type is repoint, not kernels"}, true},
		{"spice", Query{Table: TableSPICE}, []string{"/spice-query?type=kernels"}, false},
		{"newest kernels", Query{Table: TableSPICE, Version: Latest}, []string{"/spice-query?latest=true&type=kernels"}, false},
		{"kernels by ingestion", Query{Table: TableSPICE, IngestionStartDate: "20260104", IngestionEndDate: "20260131"},
			[]string{"/spice-query?end_ingest_date=20260201&start_ingest_date=20260104&type=kernels"}, false},
		{"spin", Query{Table: TableSPICE, Type: "spin", StartDate: "20260101", EndDate: "20260102", Version: Latest}, []string{"/spin-table?"}, false},
		{"spin by ingestion", Query{Table: TableSPICE, Type: "spin", IngestionEndDate: "20260105"}, []string{"/spin-table?end_ingest_date=20260106"}, false},
		{"repoint from a day on", Query{Table: TableSPICE, Type: "repoint", StartDate: "20260101"}, []string{"/repoint-table?"}, false},
		{"thruster", Query{Table: TableSPICE, Type: "thruster", Version: Latest}, []string{"/small-forces-table?"}, false},
		{"kernels of a day", Query{Table: TableSPICE, Type: "attitude_history", StartDate: "20260101", EndDate: "20260101"},
			[]string{"/spice-query?end_time=820584069.184&start_time=820497669.184&type=attitude_history"}, false},
		{"kernels to the last day", Query{Table: TableSPICE, EndDate: "99991231", IngestionEndDate: "99991231"},
			[]string{"/spice-query?end_time=252455572869.184&type=kernels"}, false},
		{"kernels by instrument", Query{Table: TableSPICE, Instrument: []naming.Instrument{"mag"}}, []string{"table spice does not take instrument; it takes start_date"}, true},
		{"kernels of a version", Query{Table: TableSPICE, Version: "v001"}, []string{"'latest' only"}, true},
		{"spin tables of a version", Query{Table: TableSPICE, Type: "spin", Version: "v001"}, []string{"'latest' only"}, true},
		{"extension of another table", Query{Extension: "csv"}, []string{`extension "csv": files of table science have one of cdf, pkts`}, true},
		{"version of another table", Query{Table: TableAncillary, Version: "v001.0001"}, []string{"form vNNN"}, true},
		{"unknown instrument", Query{Instrument: []naming.Instrument{"mgg"}}, []string{`instrument "mgg": must be one of codice, glows`}, true},
		{"unknown level", Query{DataLevel: []naming.DataLevel{"l9"}}, []string{`data_level "l9": must be one of l0`}, true},
		{"unknown table", Query{Table: "sience"}, []string{`table "sience": must be one of science`}, true},
		{"unknown type", Query{Table: TableSPICE, Type: "spn"}, []string{`type "spn": must be one of kernels`}, true},
		{"no day", Query{StartDate: "2026-01-05"}, []string{`start_date "2026-01-05": must be a day`}, true},
		{"no version", Query{Version: "newest"}, []string{`version "newest": must be latest`}, true},
		{"repointing out of range", Query{Repointing: new(Repointing(100000))}, []string{"from 0 to 99999"}, true},
		{"empty descriptor", Query{Descriptor: []string{"a", ""}}, []string{"an empty word"}, true},
		{"too many combinations", Query{Descriptor: strings.Split(strings.Repeat("a b c d e f g h i j k l m n o p q r s t u", 1), " "),
			Instrument: []naming.Instrument{"mag", "swe", "hi", "lo", "ultra", "hit", "idex", "glows", "codice", "swapi"},
			DataLevel:  []naming.DataLevel{"l0", "l1a"}}, []string{"combinations"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			plan, err := test.query.plan(time.Now())
			if test.fails {
				var usage *UsageError
				var invalid *naming.InvalidNameError
				if err == nil || !strings.Contains(err.Error(), test.want[0]) || !errors.As(err, &usage) && !errors.As(err, &invalid) {
					t.Errorf("%v, want %s", err, test.want[0])
				}
				return
			}
			var got []string
			for _, parameters := range plan.requests {
				got = append(got, plan.catalog.endpoint+"?"+parameters.Encode())
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, word string
		want          bool
	}{
		{"norm", "norm", true}, {"norm", "normal", false}, {"norm*", "norm", true}, {"norm*", "norm-mago", true},
		{"*mago", "norm-mago", true}, {"*mago", "norm-magi", false}, {"n*-*o", "norm-mago", true}, {"*", "", true},
		{"a*a", "a", false}, {"**", "x", true},
	} {
		if got := matches(test.pattern, test.word); got != test.want {
			t.Errorf("%s %s: %v", test.pattern, test.word, got)
		}
	}
}

// TestEveryFieldOfAQueryCounts: an option changes what is asked or kept, or is refused,
// whatever the catalog. A field that is declared and not planned fails here.
func TestEveryFieldOfAQueryCounts(t *testing.T) {
	planned := []string{"table"}
	for _, field := range queryFields {
		planned = append(planned, field.name)
	}
	var declared []string
	for field := range reflect.TypeFor[Query]().Fields() {
		if name := field.Tag.Get("name"); name != "" && name != "-" {
			declared = append(declared, name)
		}
	}
	slices.Sort(planned)
	slices.Sort(declared)
	if diff := cmp.Diff(declared, planned); diff != "" {
		t.Errorf("declared in Query (-) and planned in queryFields (+):\n%s", diff)
	}
	names := map[*catalog]string{
		science: someName, ancillary: "imap_mag_x_20260105_v001.csv", quicklook: "imap_mag_l1a_norm_20260105_v001.png", kernels: "naif0012.tls",
		spin: "imap_2026_267_2026_268_02.spin.csv", repoint: "imap_2026_267_02.repoint.csv", thruster: "imap_2026_267_2026_268_hist_02.sff",
	}
	for _, c := range allCatalogs {
		for _, of := range declared {
			t.Run(c.name+" "+of, func(t *testing.T) {
				without := Query{Table: c.table, Type: c.spice, IngestionStartDate: "20200101"}
				with := without
				for field := range reflect.TypeFor[Query]().Fields() {
					if field.Tag.Get("name") == of {
						setSample(t, reflect.ValueOf(&with).Elem().FieldByIndex(field.Index), of, names[c])
					}
				}
				before, err := fingerprint(without)
				if err != nil {
					t.Fatal(err)
				}
				after, err := fingerprint(with)
				var usage *UsageError
				if err != nil && !errors.As(err, &usage) {
					t.Errorf("%v", err)
				}
				if err == nil && before == after && !reflect.DeepEqual(without, with) {
					t.Errorf("%s is ignored: %s", of, after)
				}
			})
		}
	}
}

// fingerprint is all that a query asks for and keeps.
func fingerprint(q Query) (string, error) {
	p, err := q.plan(time.Now())
	if err != nil {
		return "", err
	}
	text := fmt.Sprint(p.catalog.endpoint, len(p.keeps), p.latest)
	for _, parameters := range p.requests {
		text += " " + parameters.Encode()
	}
	return text, nil
}

func setSample(t *testing.T, v reflect.Value, name, file string) {
	samples := map[string]string{"descriptor": "raw", "extension": file[strings.LastIndex(file, ".")+1:], "filename": file, "version": "latest", "type": "spin"}
	switch v.Kind() {
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		v = v.Index(0)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		v.Elem().SetInt(7)
		return
	}
	if v.Kind() != reflect.String {
		t.Fatalf("no sample of type %s", v.Type())
	}
	switch words := v.Interface().(type) {
	case interface{ Values() []string }:
		v.SetString(words.Values()[1])
	case Date:
		v.SetString("20260105")
	}
	if sample := samples[name]; sample != "" {
		v.SetString(sample)
	}
	if v.String() == "" {
		v.SetString("x")
	}
}

// TestSPICETables: what the service does not filter or rank is filtered and ranked here.
func TestSPICETables(t *testing.T) {
	row := func(path, ingested string) string {
		return `{"file_path":"imap/spice/` + path + `","version":"02","ingestion_date":"` + ingested + `"}`
	}
	lists := map[string]string{
		"/spin-table": strings.Join([]string{
			row("spin/imap_2026_002_2026_003_01.spin.csv", "2026-01-04, 10:00:00"),
			row("spin/imap_2026_002_2026_003_02.spin.csv", "2026-01-05, 00:00:00"),
			row("spin/imap_2026_001_2026_002_01.spin.csv", "2026-01-03, 23:59:59"),
		}, ","),
		"/repoint-table": strings.Join([]string{
			row("repoint/imap_2026_003_09.repoint.csv", "2026-01-04, 00:00:00"), row("repoint/imap_2026_003_10.repoint.csv", "2026-01-04, 00:00:00"),
			row("repoint/imap_2026_001_01.repoint.csv", "2026-01-04, 00:00:00"), row("repoint/imap_2026_002_01.repoint.csv", "2026-01-04, 00:00:00"),
		}, ","),
		"/small-forces-table": strings.Join([]string{
			row("activities/imap_2026_001_2026_002_hist_02.sff", "2026-01-04, 00:00:00"), row("activities/imap_2026_001_2026_002_hist_01.sff", "2026-01-04, 00:00:00"),
		}, ","),
		"/spice-query": `{"file_name":"ck/b.bc","ingestion_date":"2026-01-05, 21:12:53"},{"file_name":"ck/a.bc","ingestion_date":"2026-01-06, 00:00:00"}`,
	}
	client := newClient(t, Options{URL: counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("latest") && r.URL.Path != "/spice-query" {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		fmt.Fprint(w, "["+lists[r.URL.Path]+"]")
	}))})
	for _, test := range []struct {
		name  string
		query Query
		want  []string
	}{
		{"newest spin files", Query{Type: "spin", Version: Latest}, []string{"imap_2026_001_2026_002_01.spin.csv", "imap_2026_002_2026_003_02.spin.csv"}},
		{"spin files of the second day", Query{Type: "spin", StartDate: "20260102", EndDate: "20260102", Version: Latest},
			[]string{"imap_2026_001_2026_002_01.spin.csv", "imap_2026_002_2026_003_02.spin.csv"}},
		{"spin files of the first day", Query{Type: "spin", EndDate: "20260101"}, []string{"imap_2026_001_2026_002_01.spin.csv"}},
		{"spin files of the third day", Query{Type: "spin", StartDate: "20260103", Version: Latest}, []string{"imap_2026_002_2026_003_02.spin.csv"}},
		{"spin files of a day of ingestion", Query{Type: "spin", IngestionEndDate: "20260104"},
			[]string{"imap_2026_001_2026_002_01.spin.csv", "imap_2026_002_2026_003_01.spin.csv"}},
		{"newest repoint files", Query{Type: "repoint", Version: Latest},
			[]string{"imap_2026_001_01.repoint.csv", "imap_2026_002_01.repoint.csv", "imap_2026_003_10.repoint.csv"}},
		{"repoint files of a day", Query{Type: "repoint", StartDate: "20260102", EndDate: "20260102"}, []string{"imap_2026_002_01.repoint.csv"}},
		{"newest thruster files", Query{Type: "thruster", Version: Latest}, []string{"imap_2026_001_2026_002_hist_02.sff"}},
		{"kernels to a day of ingestion", Query{IngestionEndDate: "20260105"}, []string{"b.bc"}},
		{"kernels in order", Query{}, []string{"a.bc", "b.bc"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.query.Table = TableSPICE
			records, err := client.Query(t.Context(), test.query)
			var got []string
			for _, r := range records {
				got = append(got, r.Filename())
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestEphemerisTime(t *testing.T) {
	for day, want := range map[Date]string{"20230101": "725803269.184", "20250101": "788961669.184", "20100101": "315576066.184", "21450101": "4575787269.184"} {
		moment, err := day.start()
		if got := ephemerisTime(moment); got != want || err != nil {
			t.Errorf("%s: %s %v, want %s", day, got, err, want)
		}
	}
}

// TestRelativeDates count from the client's clock when the query is asked, in every field.
func TestRelativeDates(t *testing.T) {
	var asked url.Values
	client := newClient(t, Options{
		URL: counted(t, new(atomic.Int64), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = r.URL.Query()
			fmt.Fprint(w, "[]")
		})),
		Now: func() time.Time { return time.Date(2026, 2, 11, 23, 59, 0, 0, time.UTC) },
	})
	var q Query
	for date, text := range map[*Date]string{&q.StartDate: "-7d", &q.EndDate: "today", &q.IngestionStartDate: "-1w", &q.IngestionEndDate: "+1d"} {
		if err := date.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := client.Query(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	want := url.Values{"start_date": {"20260204"}, "end_date": {"20260211"}, "ingestion_start_date": {"20260204"}, "ingestion_end_date": {"20260212"}}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
	for given, want := range map[Date]Date{"yesterday": "20260210", "20260101": "20260101", "": ""} {
		if day, err := client.Day(given); day != want || err != nil {
			t.Errorf("%q: %s %v, want %s", given, day, err, want)
		}
	}
	for _, q := range []Query{{StartDate: "today", EndDate: "yesterday"}, {StartDate: "soon"}} {
		if _, err := client.Query(t.Context(), q); err == nil {
			t.Errorf("%s to %s is asked", q.StartDate, q.EndDate)
		}
	}
}
