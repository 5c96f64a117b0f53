package archive

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// kernels are a few of each kind, all of which came in at noon of 2026-01-10.
var kernels = []string{
	"imap/spice/lsk/naif0011.tls", "imap/spice/lsk/naif0012.tls",
	"imap/spice/fk/imap_science_0001.tf", "imap/spice/sclk/imap_sclk_0000.tsc", "imap/spice/spk/de440.bsp",
	"imap/spice/ck/imap_2026_001_2026_003_001.ah.bc", "imap/spice/ck/imap_2026_001_2026_003_002.ah.bc",
	"imap/spice/ck/imap_2026_003_2026_006_01.ap.bc",
	"imap/spice/spk/imap_recon_20260101_20260104_v01.bsp", "imap/spice/spk/imap_pred_20260103_20260110_v01.bsp",
	"imap/spice/spin/imap_2026_001_2026_002_01.spin.csv", "imap/spice/spin/imap_2026_002_2026_003_02.spin.csv",
	"imap/spice/repoint/imap_2026_002_01.repoint.csv", "imap/spice/repoint/imap_2026_003_01.repoint.csv",
}

// TestSPICELists asks for the lists as the client does.
func TestSPICELists(t *testing.T) {
	o := serve(t, Options{Store: memory(append(kernels, magPath)...), Unreleased: []string{"imap/spice/spk/de440.bsp"}})
	for _, test := range []struct{ name, request, want string }{
		{"kernels by type", "/spice-query?type=leapseconds", "naif0011.tls naif0012.tls"},
		{"newest", "/spice-query?type=leapseconds&latest=true", "naif0012.tls"},
		{"newest over all, whatever else is asked", "/spice-query?file_name=naif0011.tls&latest=true", ""},
		{"by name", "/spice-query?file_name=imap_sclk_0000.tsc", "imap_sclk_0000.tsc"},
		{"kernels alone", "/spice-query?type=kernels&latest=true",
			"imap_2026_001_2026_003_002.ah.bc imap_2026_003_2026_006_01.ap.bc imap_science_0001.tf naif0012.tls imap_sclk_0000.tsc imap_pred_20260103_20260110_v01.bsp imap_recon_20260101_20260104_v01.bsp"},
		{"with a key the hidden, too", "/api-key/spice-query?type=planetary_ephemeris", "de440.bsp"},
		{"covering 2026-01-05", "/spice-query?start_time=820886469.184&end_time=820972869.184&type=attitude_predict", "imap_2026_003_2026_006_01.ap.bc"},
		{"covering 2026-01-09", "/spice-query?start_time=821232069.184&type=attitude_history", ""},
		{"ingested before", "/spice-query?end_ingest_date=20260110", ""},
		{"ingested since", "/spice-query?start_ingest_date=20260110&type=leapseconds", "naif0011.tls naif0012.tls"},
		{"an old client's type", "/spice-query?type=spin&file_name=x", ""},
		{"spins", "/spin-table", "imap_2026_001_2026_002_01.spin.csv imap_2026_002_2026_003_02.spin.csv"},
		{"spins from a day", "/spin-table?start_date=20260102", "imap_2026_002_2026_003_02.spin.csv"},
		{"spins to a day", "/spin-table?end_date=20260102", "imap_2026_001_2026_002_01.spin.csv"},
		{"a spin file", "/spin-table?file_path=imap/spice/spin/imap_2026_001_2026_002_01.spin.csv", "imap_2026_001_2026_002_01.spin.csv"},
		{"repointings, whatever the start", "/repoint-table?start_date=20270101", "imap_2026_002_01.repoint.csv imap_2026_003_01.repoint.csv"},
		{"thruster firings", "/small-forces-table", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := request(t, "GET", o.api+test.request, "", "x-api-key", testKey)
			var rows []struct {
				Name string `json:"file_name"`
				Path string `json:"file_path"`
			}
			if err := json.Unmarshal([]byte(r.body), &rows); err != nil || r.status != 200 {
				t.Fatalf("status %d: %v: %s", r.status, err, r.body)
			}
			var names []string
			for _, row := range rows {
				path := row.Name + row.Path
				names = append(names, path[strings.LastIndex(path, "/")+1:])
			}
			if got := strings.Join(names, " "); got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

func TestSPICERows(t *testing.T) {
	o := serve(t, Options{Store: memory(kernels...)})
	for request, want := range map[string]map[string]any{
		"/spice-query?type=attitude_history&latest=true": {
			"file_name": "ck/imap_2026_001_2026_003_002.ah.bc", "file_root": "imap_2026_001_2026_003_.ah.bc",
			"kernel_type": "attitude_history", "version": 2.0,
			"min_date_j2000": 820497669.184, "max_date_j2000": 820756869.184,
			"file_intervals_j2000": []any{[]any{820497669.184, 820756869.184}},
			"min_date_datetime":    "2026-01-01, 00:00:00", "max_date_datetime": "2026-01-04, 00:00:00",
			"file_intervals_datetime": []any{[]any{"2026-01-01, 00:00:00", "2026-01-04, 00:00:00"}},
			"min_date_sclk":           nil, "max_date_sclk": nil, "file_intervals_sclk": nil, "sclk_kernel": nil, "lsk_kernel": nil,
			"ingestion_date": "2026-01-10, 12:00:00", "timestamp": float64(noon.Unix()),
		},
		"/spin-table?end_date=20260102": {
			"file_path": "imap/spice/spin/imap_2026_001_2026_002_01.spin.csv", "start_date": "2026-01-01, 00:00:00",
			"end_date": "2026-01-02, 00:00:00", "version": "01", "ingestion_date": "2026-01-10, 12:00:00",
		},
		"/repoint-table?file_path=imap/spice/repoint/imap_2026_002_01.repoint.csv": {
			"file_path": "imap/spice/repoint/imap_2026_002_01.repoint.csv", "end_date": "2026-01-03, 00:00:00",
			"version": "01", "ingestion_date": "2026-01-10, 12:00:00",
		},
	} {
		var rows []map[string]any
		if err := json.Unmarshal([]byte(requestOK(t, o.api+request)), &rows); err != nil || len(rows) != 1 {
			t.Fatalf("%s: %d rows, %v", request, len(rows), err)
		}
		if diff := cmp.Diff(want, rows[0]); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", request, diff)
		}
	}
}

func requestOK(t *testing.T, url string) string {
	t.Helper()
	r := request(t, "GET", url, "")
	if r.status != 200 {
		t.Fatalf("%s: status %d: %s", url, r.status, r.body)
	}
	return r.body
}

func TestMetakernel(t *testing.T) {
	o := serve(t, Options{Store: memory(kernels...)})
	const days = "start_time=20260101&end_time=20260105"
	var names []string
	if err := json.Unmarshal([]byte(requestOK(t, o.api+"/metakernel?"+days+"&list_files=true")), &names); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"naif0012.tls", "imap_science_0001.tf", "imap_sclk_0000.tsc", "de440.bsp",
		"imap_recon_20260101_20260104_v01.bsp", // it covers the days: nothing predicted is needed
		"imap_2026_003_2026_006_01.ap.bc", "imap_2026_001_2026_003_002.ah.bc",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	long := "/data/" + strings.Repeat("d", 80)
	text := requestOK(t, o.api+"/metakernel?"+days+"&file_types=LEAPSECONDS,imap_frames&spice_path="+long)
	wantText := "KPL/MK\n\n\\begindata\n\nKERNELS_TO_LOAD = (\n    '" + long[:79] + "+',\n    '" + long[79:] + "/lsk/naif0012.tls'\n)\n\n\\begintext\n"
	if text != wantText {
		t.Errorf("%s\nwant %s", text, wantText)
	}

	r := request(t, "GET", o.api+"/metakernel?"+days+"&require_coverage=true&file_types=attitude_history,leapseconds", "")
	if r.status != 422 || strings.TrimSpace(r.body) != `{"spacecraft_attitude_category":[[820756869.184,820843269.184]]}` {
		t.Errorf("a gap: %d %s", r.status, r.body)
	}
	if r := request(t, "GET", o.api+"/metakernel?file_types=planetary_constants&list_files=true", ""); r.status != 404 || r.body != "No files found." {
		t.Errorf("nothing: %d %s", r.status, r.body)
	}
}

func TestSPICERequestsThatAreWrong(t *testing.T) {
	o := serve(t, Options{Store: memory(kernels...)})
	for _, test := range []struct {
		request string
		status  int
		want    string
	}{
		{"/spice-query?start_date=20260101", 400, "start_date is not a valid query parameter for spice-query. Valid query parameters are: ['file_name'"},
		{"/spice-query?type=x", 400, "Invalid 'type' value"},
		{"/spice-query?end_time=NaN", 400, "Invalid 'end_time' value"},
		{"/spice-query?start_time=20x", 400, "Invalid 'start_time' value"},
		{"/spin-table?latest=true", 500, "Internal Server Error"},
		{"/spin-table?start_time=1", 400, "start_time is not a valid query parameter for spin table"},
		{"/repoint-table?end_date=2026", 400, "Use a day as YYYYMMDD"},
		{"/metakernel?end=1", 400, "end is not a valid query parameter for metakernel"},
		{"/metakernel?start_time=NaN", 400, "Invalid 'start_time' value"},
		{"/metakernel?start_time=20260102&end_time=20260101", 400, "'start_time' must be before 'end_time'"},
		{"/spice-query/x", 404, "Not Found"},
	} {
		t.Run(test.request, func(t *testing.T) {
			if r := request(t, "GET", o.api+test.request, ""); r.status != test.status || !strings.Contains(r.body, test.want) {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
}

// TestOlderCatalogListsKernels: a catalog that was made before there was a table of SPICE
// files gets one.
func TestOlderCatalogListsKernels(t *testing.T) {
	file := t.TempDir() + "/catalog.sqlite"
	store := memory(append(kernels, magPath)...)
	old, err := Open(t.Context(), Options{Store: store, Catalog: file})
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP TABLE spice", "DROP TABLE jobs", "PRAGMA user_version = 2"} {
		if _, err := old.catalog.db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := open(t, Options{Store: store, Catalog: file}).catalog.spice(t.Context(), true)
	if err != nil || len(files) != len(kernels) {
		t.Errorf("%d of %d SPICE files: %v", len(files), len(kernels), err)
	}
}

func TestWithout(t *testing.T) {
	at := func(hour int) time.Time { return noon.Add(time.Duration(hour) * time.Hour) }
	whole := []span{{at(0), at(10)}}
	for _, test := range []struct {
		name  string
		taken span
		want  []span
	}{
		{"the middle", span{at(4), at(6)}, []span{{at(0), at(4)}, {at(6), at(10)}}},
		{"the start", span{at(-1), at(6)}, []span{{at(6), at(10)}}},
		{"the end", span{at(6), at(12)}, []span{{at(0), at(6)}}},
		{"all", span{at(0), at(10)}, nil},
		{"nothing", span{at(10), at(12)}, whole},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := without(whole, test.taken); !cmp.Equal(got, test.want, cmp.AllowUnexported(span{})) {
				t.Errorf("%v", got)
			}
		})
	}
}
