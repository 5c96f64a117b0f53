package sdc

import (
	"bytes"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
)

// ingested asks for the file of the tests as a catalog record of a date does.
func (r *rig) ingested(date string, o DownloadOptions) (Transfer, error) {
	report, err := r.client.DownloadFiles(r.t.Context(), []File{{somePath, date}}, o)
	return report[0], err
}

// TestFreshness: a file whose catalog record has changed is compared by what the store
// says of it, and replaced where it differs.
func TestFreshness(t *testing.T) {
	const first, second = "20260209 10:40:13", "20260301 00:00:00"
	replaceObject := func(r *rig) { r.content = someBytes(1<<20, 2) }
	for _, test := range []struct {
		name    string
		before  string // ingestion date of the first download; empty: by name
		change  func(r *rig)
		date    string // of the second download
		options DownloadOptions
		want    Status
		asks    int
	}{
		{"the same date", first, nil, first, DownloadOptions{}, Skipped, 0},
		{"another object, by name alone", first, replaceObject, "", DownloadOptions{}, Skipped, 0},
		{"another object, by name, verify", first, replaceObject, "", DownloadOptions{Verify: true}, Replaced, 3},
		{"another date, the same object", first, nil, second, DownloadOptions{}, Skipped, 2},
		{"an earlier date, the same object", second, nil, first, DownloadOptions{}, Skipped, 2},
		{"another date, another object", first, replaceObject, second, DownloadOptions{}, Replaced, 3},
		{"an earlier date, another object", second, replaceObject, first, DownloadOptions{}, Replaced, 3},
		{"first by name, the same object", "", nil, first, DownloadOptions{}, Skipped, 2},
		{"first by name, another object", "", replaceObject, first, DownloadOptions{}, Replaced, 3},
		{"another date, another object, dry run", first, replaceObject, second, DownloadOptions{DryRun: true}, Planned, 3},
		{"another date, the same object, verify", first, nil, second, DownloadOptions{Verify: true}, Skipped, 2},
		{"another date, another length", first, func(r *rig) { r.content = someBytes(99, 2) }, second, DownloadOptions{}, Replaced, 3},
		{"another date, another multipart object", first, func(r *rig) { r.always = r.tagged(`"abc-2"`) }, second, DownloadOptions{}, Replaced, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				if _, err := r.ingested(test.before, DownloadOptions{}); err != nil {
					t.Fatal(err)
				}
				if test.change != nil {
					test.change(r)
				}
				r.forget()
				transfer, err := r.ingested(test.date, test.options)
				asked, _ := r.requests()
				if err != nil || transfer.Status != test.want || len(asked) != test.asks {
					t.Errorf("%s %v, asked %q; want %s, %d", transfer.Status, err, asked, test.want, test.asks)
				}
				if test.options.DryRun || test.date == "" {
					return
				}
				if record, _ := r.recorded(); record.IngestionDate != test.date {
					t.Errorf("the record has the ingestion date %q", record.IngestionDate)
				}
				if got, _ := os.ReadFile(transfer.Path); !bytes.Equal(got, r.content) {
					t.Error("the file is not the archive's")
				}
				r.forget()
				again, err := r.ingested(test.date, DownloadOptions{})
				if asked, _ := r.requests(); err != nil || again.Status != Skipped || len(asked) > 0 {
					t.Errorf("again: %s %v, asked %q", again.Status, err, asked)
				}
			})
		})
	}
}

// TestFreshnessThatCannotBeAsked is a failure: the file is known to be outdated,
// perhaps, and what failed can be asked for again.
func TestFreshnessThatCannotBeAsked(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		if _, err := r.ingested("1", DownloadOptions{}); err != nil {
			t.Fatal(err)
		}
		r.onAPI = times(1, status(404, "none"))
		transfer, err := r.ingested("2", DownloadOptions{})
		if err == nil || transfer.Status != Failed || transfer.IngestionDate != "2" {
			t.Errorf("%+v %v", transfer, err)
		}
	})
}

// TestFilesWithoutAnArchive: a file that was put there by hand stays where the archive
// gives no answer about it, and is an error only when it is to be verified.
func TestFilesWithoutAnArchive(t *testing.T) {
	for _, test := range []struct {
		name   string
		set    func(r *rig)
		reason Reason // with Verify
		left   bool
	}{
		{"nobody listens", func(r *rig) { r.listener["api.test:80"].down.Store(true) }, Unreachable, true},
		{"no such host", func(r *rig) { delete(r.listener, "api.test:80") }, Unreachable, true},
		{"the service is down", func(r *rig) { r.onAPI = times(99, status(503, "")) }, Down, true},
		{"not in the archive", func(r *rig) { r.onAPI = times(99, status(404, `"File not found"`)) }, NotFound, true},
		{"not released", func(r *rig) {
			_ = r.client.SetAPIKey("")
			r.onAPI = times(99, status(403, `"The file is not a part of a public release yet."`))
		}, NotReleased, true},
		{"a refused key", func(r *rig) { r.onAPI = times(99, status(403, `{"message": "Forbidden"}`)) }, KeyRefused, false},
		{"a difference", func(r *rig) { r.content = someBytes(1<<20, 2) }, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				var warnings bytes.Buffer
				r.client.log = slog.New(slog.NewTextHandler(&warnings, &slog.HandlerOptions{Level: slog.LevelWarn}))
				names := manyNames(12)
				for _, path := range archivePaths(t, names) {
					write(t, r.client.LocalPath(path), r.content)
				}
				test.set(r)
				report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 1})
				skipped := report.With(Skipped)
				if test.left && (err != nil || len(skipped) != 12 || skipped[0].Verified != "" || strings.Count(warnings.String(), "\n") != 1) {
					t.Errorf("%s: %v\n%s", report.Summary(), err, &warnings)
				}
				if !test.left && (err == nil || len(skipped) > 0) {
					t.Errorf("%s: %v", report.Summary(), err)
				}
				if test.reason == "" {
					return
				}
				if _, err := r.client.Download(t.Context(), names[0], DownloadOptions{Verify: true}); ReasonOf(err) != test.reason {
					t.Errorf("verify: %q, want %q: %v", ReasonOf(err), test.reason, err)
				}
			})
		})
	}
}

// TestAbsentFileWithoutAnArchive: the failure of a file that is not here does not
// cancel those that are, and that have not begun.
func TestAbsentFileWithoutAnArchive(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		var warnings bytes.Buffer
		r.client.log = slog.New(slog.NewTextHandler(&warnings, &slog.HandlerOptions{Level: slog.LevelWarn}))
		names := manyNames(12)
		for _, path := range archivePaths(t, names)[2:] {
			write(t, r.client.LocalPath(path), r.content)
		}
		r.listener["api.test:80"].down.Store(true)
		report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 1})
		skipped := report.With(Skipped)
		if ReasonOf(err) != Unreachable || len(skipped) != 10 || len(report.With(Failed)) != 2 || skipped[0].Verified != "" {
			t.Errorf("%s: %v", report.Summary(), err)
		}
		if strings.Count(warnings.String(), "could not be compared") != 1 {
			t.Errorf("warnings:\n%s", &warnings)
		}
		report, _ = r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 1, Verify: true})
		if failed := report.With(Failed); len(failed) != len(names) {
			t.Errorf("verify: %s", report.Summary())
		}
	})
}

// TestFilesWithoutAStore: the same holds of files that a query found.
func TestFilesWithoutAStore(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.foreign(t)
		r.always = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }
		if transfer, err := r.ingested("1", DownloadOptions{}); err != nil || transfer.Status != Skipped || transfer.Verified != "" {
			t.Errorf("%+v %v", transfer, err)
		}
	})
}
