package bindings_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/runtime"
	"imapsh/sdc"
)

// answering makes a session whose archive answers every query with a string.
func answering(t *testing.T, rows string) world {
	t.Helper()
	w := newWorld(t, sdc.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(out, rows)
	}))
	t.Cleanup(server.Close)
	if err := w.client.SetURL(server.URL); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w world) shows(t *testing.T, code string) string {
	t.Helper()
	value, err := w.Eval(t.Context(), "test", code)
	if err != nil {
		t.Fatal(err)
	}
	return w.Text(value)
}

// TestSummaryOfEachKind counts what the records of each table have.
func TestSummaryOfEachKind(t *testing.T) {
	for name, test := range map[string]struct{ rows, want string }{
		"kernels": {`[{"file_name": "ck/a.ah.bc", "kernel_type": "attitude_history", "min_date_datetime": "2025-04-29, 23:20:06", "max_date_datetime": "2025-04-30, 23:20:06"},
			{"file_name": "lsk/naif0012.tls", "kernel_type": "leapseconds", "min_date_datetime": null, "max_date_datetime": null},
			{"file_name": "ck/b.ah.bc", "kernel_type": "attitude_history", "min_date_datetime": "2025-04-28, 23:20:06", "max_date_datetime": "2025-04-29, 23:20:06"}]`,
			`kernel_type       files  first                 last
attitude_history      2  2025-04-28, 23:20:06  2025-04-30, 23:20:06
leapseconds           1
3 files, 2 products`},
		"ancillary": {`[{"file_path": "imap/ancillary/mag/imap_mag_cal_20260101_v001.csv", "instrument": "mag", "descriptor": "cal", "start_date": "20260101"}]`,
			`instrument  descriptor  files  first     last
mag         cal             1  20260101  20260101
1 file, 1 product`},
		"none": {`[]`, "instrument  data_level  descriptor  files  first  last\n0 files, 0 products"},
	} {
		t.Run(name, func(t *testing.T) {
			w := answering(t, test.rows)
			if _, err := w.Eval(t.Context(), "test", "query({table: 'spice', type: 'kernels'}).summary()"); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(w.out.String()); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestServersTextInReports has the archive name files by what drives a terminal.
func TestServersTextInReports(t *testing.T) {
	w := answering(t, `[{"file_path": "imap_swe_\u001b]0;pwn\u0007\u001b[31mred.cdf", "instrument": "swe", "start_date": "20260101"}]`)
	got := w.shows(t, "query({instrument: 'swe'}).download({keep_going: true})")
	if strings.ContainsAny(got, "\x1b\a") || !strings.Contains(got, "✗ imap_swe_") {
		t.Errorf("%q", got)
	}
}

// TestFieldsAreDocumented compares what classes say of their fields with what their
// instances have.
func TestFieldsAreDocumented(t *testing.T) {
	w := newWorld(t, sdc.Options{})
	for class, code := range map[string]string{
		"ScienceFilePath":    "new ScienceFilePath('imap_swe_l0_sci_20240101_v001.pkts')",
		"AncillaryFilePath":  "new AncillaryFilePath('imap_mag_l1-calibration_20251017_v001.cdf')",
		"SPICEFilePath":      "new SPICEFilePath('naif0012.tls')",
		"QuicklookFilePath":  "new QuicklookFilePath('imap_swe_l1a_sci_20240101_v001.png')",
		"DependencyFilePath": "new DependencyFilePath('imap_swe_l1a_sci_20240101_v001.json')",
		"ReleaseFilePath":    "new ReleaseFilePath('imap_mag_data-release-1_20251017_20260101_v001.txt')",
		"Transfer":           "query({instrument: 'swe', data_level: 'l2'}).slice(0, 1).download({dry_run: true})[0]",
	} {
		w.out.Reset()
		w.shows(t, "help("+class+")")
		_, fields, _ := strings.Cut(w.out.String(), "\nFields\n")
		fields, _, _ = strings.Cut(fields, "\n\n")
		var documented []string
		for line := range strings.Lines(fields) {
			name, doc, _ := strings.Cut(strings.TrimSpace(line), " ")
			documented = append(documented, name)
			if strings.TrimSpace(doc) == "" {
				t.Errorf("%s.%s is not explained", class, name)
			}
		}
		if got, want := w.shows(t, "Object.keys("+code+").join()"), strings.Join(documented, ","); got != want {
			t.Errorf("%s has %s and describes %s", class, got, want)
		}
	}
}

// TestOtherVersionsAreTold counts several versions of one day, once.
func TestOtherVersionsAreTold(t *testing.T) {
	w := answering(t, `[{"file_path": "imap/swe/l2/2026/01/imap_swe_l2_sci_20260101_v001.0001.cdf", "instrument": "swe", "data_level": "l2", "descriptor": "sci", "start_date": "20260101"},
		{"file_path": "imap/swe/l2/2026/01/imap_swe_l2_sci_20260101_v001.0002.cdf", "instrument": "swe", "data_level": "l2", "descriptor": "sci", "start_date": "20260101"}]`)
	if _, err := w.Eval(t.Context(), "test", "query({instrument: 'swe'}).summary()"); err != nil {
		t.Fatal(err)
	}
	if want := "2 files, 1 product; 1 of the files are other versions"; !strings.Contains(w.out.String(), want) {
		t.Errorf("%s does not say %q", w.out, want)
	}
}

// TestListMethodsOnArrays suggests what keeps a FileList where one was spread.
func TestListMethodsOnArrays(t *testing.T) {
	w := newWorld(t, sdc.Options{})
	_, err := w.Eval(t.Context(), "test", "[...query({instrument: 'swe'})].latest()")
	var script *runtime.ScriptError
	if !errors.As(err, &script) || !strings.Contains(script.Hint(), "a.concat(b)") {
		t.Errorf("%v, hint %q", err, script.Hint())
	}
}

// TestHomeInPaths takes ~ for the home directory wherever a path is given.
func TestHomeInPaths(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	w := newWorld(t, sdc.Options{})
	work := filepath.Join(home, "work")
	if err := os.Mkdir(work, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(work)
	for code, want := range map[string]string{
		"writeText('~/work/a.txt', 'x') && readText('a.txt')":             "x",
		"writeJSON('~/work/b.json', [1]) && readJSON('~/work/b.json')[0]": "1",
		"config.DATA_DIR = '~/work/deep'; config.DATA_DIR":                home + "/work/deep",
	} {
		if got := w.shows(t, code); filepath.ToSlash(got) != filepath.ToSlash(want) {
			t.Errorf("%s gives %s, not %s", code, got, want)
		}
	}
	_, err := w.Eval(t.Context(), "test", "upload('~/work/imap_mag_cal_20260301_v001.csv')")
	if err == nil || !strings.Contains(err.Error(), "looked for "+filepath.Join(work, "imap_mag_cal_20260301_v001.csv")) {
		t.Errorf("upload says %v", err)
	}
}
