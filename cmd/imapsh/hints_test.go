package main

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"imapsh/sdc"
)

// TestEachReasonHasAdvice: a reason without a word of what to do is no use to anybody.
func TestEachReasonHasAdvice(t *testing.T) {
	source, err := os.ReadFile("../../sdc/reason.go")
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`Reason = "(\w+)"`).FindAllSubmatch(source, -1)
	if len(reasons) < 20 {
		t.Fatalf("%d reasons found", len(reasons))
	}
	for _, match := range reasons {
		err := error(&sdc.Error{Reason: sdc.Reason(match[1]), FilePath: "imap/swe/l2/2030/01/imap_swe_l2_sci_20300101_v001.0001.cdf"})
		if (hinter{}).hint(err) == "" && advice[sdc.Reason(match[1])] == "" {
			t.Errorf("%s has no advice", match[1])
		}
		for _, h := range []hinter{{demo: true}, {demo: true, shell: true}} {
			hint := h.hint(err)
			for _, wrong := range []string{"IMAP_", "--url"} {
				if sdc.Reason(match[1]) != sdc.Environment && strings.Contains(hint, wrong) {
					t.Errorf("%s: the demo's hint names %s, which counts for nothing there: %s", match[1], wrong, hint)
				}
			}
		}
	}
}

// TestLibrariesKnowNoProgram: sdc and naming speak of their own matters. Flags and
// environment variables are the program's.
func TestLibrariesKnowNoProgram(t *testing.T) {
	word := regexp.MustCompile(`IMAP_[A-Z]|--[a-z]|imapsh`)
	allowed := regexp.MustCompile(`"imapsh/[a-z/]+"|\.imapsh\b`)
	for _, root := range []string{"../../sdc", "../../naming"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && entry.Name() == "sample":
				return fs.SkipDir
			case entry.IsDir(), !strings.HasSuffix(path, ".go"), strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text, err := os.ReadFile(path)
			for line := range strings.Lines(string(text)) {
				if word.MatchString(allowed.ReplaceAllString(line, "")) {
					t.Errorf("%s: %s", path, line)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestHintsOfMissingFilesWork runs the query that a missing file's hint names, in both
// of its spellings.
func TestHintsOfMissingFilesWork(t *testing.T) {
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/download/") {
			http.Error(w, "File not found, make sure you include the full path", http.StatusNotFound)
			return
		}
		asked = r.URL.RequestURI()
		_, _ = w.Write([]byte("[]"))
	}))
	defer server.Close()
	run := func(args ...string) (string, int) {
		var out bytes.Buffer
		c := &cli{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(name string) string {
			return map[string]string{"IMAP_DATA_ACCESS_URL": server.URL, "IMAP_DATA_DIR": t.TempDir()}[name]
		}}
		code := c.run(t.Context(), append([]string{"--norc"}, args...))
		return out.String(), code
	}
	for name, want := range map[string]string{
		"imap_mag_l2_norm-gse_20260105_v001.0009.cdf": "data_level=l2&descriptor=norm-gse&end_date=20260105&instrument=mag&start_date=20260105",
		"imap_mag_l1b-calibration_20260105_v009.cdf":  "descriptor=l1b-calibration&instrument=mag&table=ancillary",
		"imap_mag_l2_norm-gse_20260105_v001.0001.jpg": "data_level=l2&descriptor=norm-gse&end_date=20260105&instrument=mag&start_date=20260105&table=quicklook",
		"imap_2025_118_2025_120_009.ah.bc":            "type=attitude_history",
		"naif0099.tls":                                "type=leapseconds",
		"imap_2026_267_2026_268_02.spin.csv":          "spin",
		"imap_2026_267_02.repoint.csv":                "repoint",
		"imap_mag_dependency_20260105_v001.0001.json": "",
	} {
		out, code := run("download", name)
		_, hint, found := strings.Cut(out, "to see what it has: imapsh ")
		if want == "" {
			continue
		}
		if code != exitTransfers || !found {
			t.Errorf("%s: exit code %d\n%s", name, code, out)
			continue
		}
		if out, code := run(strings.Fields(hint)...); code != 0 || !strings.Contains(asked, want) {
			t.Errorf("%s: exit code %d, asked %s\n%s", hint, code, asked, out)
		}
		out, _ = run("-e", "download('"+name+"')")
		_, hint, _ = strings.Cut(out, "to see what it has: ")
		if out, code := run("-e", hint); code != 0 || !strings.Contains(asked, want) {
			t.Errorf("%s: exit code %d, asked %s\n%s", hint, code, asked, out)
		}
	}
}

// TestHints: what is said about a refusal depends on who asked, and for what.
func TestHints(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   string
		env    map[string]string
		args   []string
		want   string
		code   int
	}{
		{"no credential", 401, "", nil, []string{"query", "--instrument", "mag"}, "set IMAP_API_KEY or give --api-key", exitUnauthorized},
		{"refused key", 403, "", map[string]string{"IMAP_API_KEY": "k1"}, []string{"query", "--instrument", "mag"}, "check IMAP_API_KEY", exitUnauthorized},
		{"expired token", 401, `{"message":"Unauthorized"}`, map[string]string{"IMAP_ACCESS_TOKEN": "t1"}, []string{"query", "--instrument", "mag"}, "set IMAP_ACCESS_TOKEN to a new one", exitUnauthorized},
		{"upload with a token", 403, `{"message":"Forbidden"}`, map[string]string{"IMAP_ACCESS_TOKEN": "t1"}, []string{"upload", "FILE"}, "uploads take an API key", exitUnauthorized},
		{"upload of nobody, where it exists under the key's prefix only", 404, `{"message":"Not Found"}`, nil, []string{"upload", "FILE"}, "uploads take an API key", exitUnauthorized},
		{"key that may read only", 403, "Upload access denied. Your API key has read-only permissions.", map[string]string{"IMAP_API_KEY": "k1"}, []string{"upload", "FILE"}, "may read only", exitUnauthorized},
		{"wrong URL", 404, `{"message":"Not Found"}`, nil, []string{"query", "--instrument", "mag"}, "check its URL (--url or IMAP_DATA_ACCESS_URL)\n", exitArchive},
		{"wrong URL of a download", 404, `{"message":"Not Found"}`, nil, []string{"download", "imap_swe_l2_sci_20260105_v001.0001.cdf"}, "check its URL (--url or IMAP_DATA_ACCESS_URL)", exitArchive},
		{"no SPICE queries", 404, `{"message":"Not Found"}`, nil, []string{"query", "--table", "spice"}, "(--url or IMAP_DATA_ACCESS_URL); imapsh serve and --demo list no SPICE kernels", exitArchive},
		{"not released", 403, "The file x is not a part of a public release yet.", nil, []string{"download", "imap_swe_l2_sci_20260105_v001.0001.cdf"}, "not public yet", exitUnauthorized},
		{"there already", 409, `{"error": "FileAlreadyExists", "message": "x"}`, map[string]string{"IMAP_API_KEY": "k1"}, []string{"upload", "FILE"}, "--skip-existing", exitTransfers},
		{"there already, in a script", 409, `{"error": "FileAlreadyExists", "message": "x"}`, map[string]string{"IMAP_API_KEY": "k1"}, []string{"-e", "try { upload('FILE') } catch (e) { print(e.reason, e.hint) }"}, "already_exists the archive never replaces a file: give yours the next version; skip_existing: true skips it", 0},
		{"the reason of a query's error", 401, "", map[string]string{"IMAP_ACCESS_TOKEN": "t1"}, []string{"--json", "query", "--instrument", "mag"}, `{"event":"error","error":"GET `, exitUnauthorized},
		{"its name", 401, "", map[string]string{"IMAP_ACCESS_TOKEN": "t1"}, []string{"--json", "query", "--instrument", "mag"}, `"reason":"token_refused","hint":"the access token was refused: `, exitUnauthorized},
		{"the reason in a report", 409, `{"error": "FileAlreadyExists", "message": "x"}`, map[string]string{"IMAP_API_KEY": "k1"}, []string{"--json", "upload", "FILE"}, `"reason": "already_exists"`, exitTransfers},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			}))
			defer server.Close()
			t.Chdir(t.TempDir())
			const file = "imap_mag_cal_20260301_v001.csv"
			if err := os.WriteFile(file, []byte("x"), 0o666); err != nil {
				t.Fatal(err)
			}
			for i := range test.args {
				test.args[i] = strings.ReplaceAll(test.args[i], "FILE", file)
			}
			var out bytes.Buffer
			c := &cli{stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: func(name string) string {
				if name == "IMAP_DATA_ACCESS_URL" {
					return server.URL
				}
				return test.env[name]
			}}
			if code := c.run(t.Context(), append([]string{"--norc"}, test.args...)); code != test.code || !strings.Contains(out.String(), test.want) {
				t.Errorf("exit code %d, want %d\n%s", code, test.code, out.String())
			}
		})
	}
}
