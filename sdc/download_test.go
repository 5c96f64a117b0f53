package sdc

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestExistingFiles(t *testing.T) {
	const fetched, untouched = "fetched again", "left alone"
	for _, test := range []struct {
		name    string
		before  func(r *rig, t *testing.T) // the file that is there
		options DownloadOptions
		want    string // fetched, untouched, or part of an error
		proof   Verification
		asks    int // requests of any kind
	}{
		{"completed by this program", (*rig).complete, DownloadOptions{}, untouched, "", 0},
		{"completed, verify", (*rig).complete, DownloadOptions{Verify: true}, untouched, VerifiedMD5, 2},
		{"completed, overwrite", (*rig).complete, DownloadOptions{Overwrite: true}, fetched, VerifiedMD5, 2},
		{"completed, dry run", (*rig).complete, DownloadOptions{DryRun: true}, untouched, "", 0},
		{"completed, then cut", (*rig).cut, DownloadOptions{}, "is not the archive's file (10 bytes, the archive's has 1048576)", "", 2},
		{"completed, then cut, verify", (*rig).cut, DownloadOptions{Verify: true}, fetched, VerifiedMD5, 3},
		{"completed, then rotten, verify", (*rig).rot, DownloadOptions{Verify: true}, fetched, VerifiedMD5, 3},
		{"completed, multipart ETag, then rotten, verify", func(r *rig, t *testing.T) {
			r.always = r.tagged(`"abc-2"`)
			r.rot(t)
		}, DownloadOptions{Verify: true}, fetched, VerifiedSize, 3},
		{"completed, then rotten", (*rig).rot, DownloadOptions{}, "its MD5 is", "", 2},
		{"of other origin, the same", (*rig).foreign, DownloadOptions{}, untouched, VerifiedMD5, 2},
		{"of other origin, an HTML page", (*rig).page, DownloadOptions{}, "is not the archive's file", "", 2},
		{"of other origin, an HTML page, dry run", (*rig).page, DownloadOptions{DryRun: true}, "is not the archive's file", "", 2},
		{"of other origin, an HTML page, overwrite", (*rig).page, DownloadOptions{Overwrite: true}, fetched, VerifiedMD5, 2},
		{"of other origin, not in the archive", func(r *rig, t *testing.T) {
			r.foreign(t)
			r.onAPI = times(1, status(404, "none"))
		}, DownloadOptions{}, untouched, "", 1},
		{"of other origin, not in the archive, verify", func(r *rig, t *testing.T) {
			r.foreign(t)
			r.onAPI = times(1, status(404, "none"))
		}, DownloadOptions{Verify: true}, "comparing", "", 1},
		{"a directory", func(r *rig, t *testing.T) {
			if err := os.MkdirAll(r.client.LocalPath(somePath), 0o777); err != nil {
				t.Fatal(err)
			}
		}, DownloadOptions{}, "is in the way", "", 0},
		{"a directory, overwrite", func(r *rig, t *testing.T) {
			if err := os.MkdirAll(r.client.LocalPath(somePath), 0o777); err != nil {
				t.Fatal(err)
			}
		}, DownloadOptions{Overwrite: true}, "is in the way", "", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				test.before(r, t)
				r.forget()
				before, _ := os.ReadFile(r.client.LocalPath(somePath))
				transfer, err := r.download(test.options)
				after, _ := os.ReadFile(r.client.LocalPath(somePath))
				switch test.want {
				case fetched:
					r.whole(transfer, err)
					if want := map[bool]Status{true: Replaced, false: Downloaded}[test.options.Verify]; transfer.Status != want {
						t.Errorf("status %s, want %s", transfer.Status, want)
					}
				case untouched:
					if err != nil || transfer.Status != Skipped || !bytes.Equal(before, after) {
						t.Errorf("%+v %v", transfer, err)
					}
				default:
					if err == nil || !strings.Contains(err.Error(), test.want) || !bytes.Equal(before, after) {
						t.Errorf("%+v %v, want %s", transfer, err, test.want)
					}
				}
				if asked, _ := r.requests(); transfer.Verified != test.proof || len(asked) != test.asks {
					t.Errorf("verified %q, requests %q; want %q, %d", transfer.Verified, asked, test.proof, test.asks)
				}
			})
		})
	}
}

func (r *rig) complete(t *testing.T) { r.whole(r.download(DownloadOptions{})) }
func (r *rig) foreign(t *testing.T)  { write(t, r.client.LocalPath(somePath), r.content) }
func (r *rig) page(t *testing.T)     { write(t, r.client.LocalPath(somePath), []byte("<html>")) }

func (r *rig) cut(t *testing.T) {
	r.complete(t)
	if err := os.Truncate(r.client.LocalPath(somePath), 10); err != nil {
		t.Fatal(err)
	}
}

// rot changes a bit and neither size nor time.
func (r *rig) rot(t *testing.T) {
	r.complete(t)
	path := r.client.LocalPath(somePath)
	content := slices.Clone(r.content)
	content[99] ^= 1
	write(t, path, content)
	later := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
}

func TestFileOfOtherOriginIsComparedOnce(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.foreign(t)
		for range 3 {
			if _, err := r.download(DownloadOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		if asked, _ := r.requests(); len(asked) != 2 {
			t.Errorf("requests: %q", asked)
		}
	})
}

func TestNothingIsMadeBeforeItIsNeeded(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		dir := filepath.Join(t.TempDir(), "not", "yet")
		if err := r.client.SetDataDir(dir); err == nil || !strings.Contains(err.Error(), "there is no directory "+filepath.Dir(dir)) {
			t.Errorf("a directory whose parent is not there: %v", err)
		}
		dir = filepath.Dir(dir)
		if err := r.client.SetDataDir(dir); err != nil {
			t.Fatal(err)
		}
		transfer, err := r.download(DownloadOptions{DryRun: true})
		if asked, _ := r.requests(); err != nil || transfer.Status != Planned || transfer.Size != 1<<20 || len(asked) != 2 {
			t.Errorf("%+v %v %q", transfer, err, asked)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the directory: %v", err)
		}
		r.whole(r.download(DownloadOptions{}))
	})
}

// manyNames are names of files of different days.
func manyNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i).Format("20060102")
		names[i] = fmt.Sprintf("imap_mag_l0_raw_%s_v001.0001.pkts", day)
	}
	return names
}

func TestManyFiles(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.content = someBytes(1000, 1)
		running, most := 0, 0
		r.always = func(w http.ResponseWriter, q *http.Request) {
			r.mu.Lock()
			running++
			most = max(most, running)
			r.mu.Unlock()
			if strings.Contains(q.URL.Path, "20250103") { // one is slow
				time.Sleep(20 * time.Second)
			}
			time.Sleep(time.Second)
			r.mu.Lock()
			running--
			r.mu.Unlock()
			if strings.Contains(q.URL.Path, "20250105") { // one fails
				w.WriteHeader(404)
				return
			}
			r.right(w, q)
		}
		names := manyNames(80)
		names = append(names, names[0], "no-name")
		began := time.Now()
		var events []Event
		report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Progress: func(e Event) { events = append(events, e) }})
		var failed *TransferError
		if !errors.As(err, &failed) || len(report) != len(names) {
			t.Fatalf("%d of %d: %v", len(report), len(names), err)
		}
		for i, transfer := range report[:81] {
			if !strings.HasSuffix(transfer.FilePath, names[i]) || (transfer.Status == Downloaded) == (i == 4) {
				t.Errorf("%d: %+v", i, transfer)
			}
		}
		if last := report[81]; last.Status != Failed || last.FilePath != "no-name" {
			t.Errorf("%+v", last)
		}
		if want := "80 downloaded (80 kB), 2 failed"; report.Summary() != want { // one of them asked for twice
			t.Errorf("%s, want %s", report.Summary(), want)
		}
		// Eight at a time; the slow one holds up no other.
		if lasted := time.Since(began); most != defaultConcurrency || lasted > 25*time.Second {
			t.Errorf("%d at a time, %v", most, lasted)
		}
		finished := 0
		for _, e := range events {
			if e.Kind == EventFinished {
				finished++
			}
		}
		if finished != 81 {
			t.Errorf("%d of 81 files are told to be finished", finished)
		}
	})
}

func Test401StopsTheRest(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.onAPI = times(1000, status(401, `{"message":"Unauthorized"}`))
		report, err := r.client.DownloadAll(t.Context(), manyNames(100), DownloadOptions{Concurrency: 2})
		synctest.Wait()
		if asked := r.to("api.test"); len(asked) > 4 || len(report.With(Failed)) != 100 || err == nil {
			t.Errorf("%d requests, %s, %v", len(asked), report.Summary(), err)
		}
		told := map[string]int{}
		for _, transfer := range report {
			var refused *Error
			if !errors.As(transfer.Err, &refused) || refused.Status != 401 || !strings.HasPrefix(transfer.FilePath, "imap/") {
				t.Fatalf("%+v", transfer)
			}
			told[transfer.Err.Error()]++
		}
		if told["cancelled: an earlier error affects every file: 401 API key refused"] < 96 {
			t.Errorf("files are told other files' failures: %v", told)
		}
	})
}

// TestWhatStopsTheRest: one failure does not, unless it is of the API and lasts.
func TestWhatStopsTheRest(t *testing.T) {
	for _, test := range []struct {
		name  string
		set   func(r *rig)
		done  int
		lasts time.Duration
	}{
		{"the API is started again", func(r *rig) {
			r.listener["api.test:80"].down.Store(true)
			time.AfterFunc(4500*time.Millisecond, func() { r.listener["api.test:80"].down.Store(false) })
		}, 40, time.Minute},
		{"the API is gone", func(r *rig) { r.listener["api.test:80"].down.Store(true) }, 0, 6 * time.Second},
		{"one file's store is gone", func(r *rig) {
			r.listener["other.test:80"].down.Store(true)
			r.onAPI = times(1, status(302, "", "Location", "http://other.test/x"))
		}, 39, time.Minute},
		{"the store refuses one file", func(r *rig) { r.onStore = times(1, status(401, "no")) }, 39, time.Minute},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				test.set(r)
				began := time.Now()
				report, _ := r.client.DownloadAll(t.Context(), manyNames(40), DownloadOptions{Concurrency: 2})
				if done, lasted := len(report.With(Downloaded)), time.Since(began); done != test.done || lasted > test.lasts {
					t.Errorf("%s in %v", report.Summary(), lasted)
				}
			})
		})
	}
}

func TestCancelStopsTheRest(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.always = silentAfter(10, r.right)
		synctest.Wait()
		ctx, cancel := contextWithCancelAfter(t, 3*time.Second)
		defer cancel()
		began := time.Now()
		report, err := r.client.DownloadAll(ctx, manyNames(30), DownloadOptions{})
		if !errors.Is(err, errInterrupted) || len(report) != 30 || len(report.With(Failed)) != 30 || time.Since(began) > 4*time.Second {
			t.Errorf("%v %s %v", err, report.Summary(), time.Since(began))
		}
	})
}

func TestEvents(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.onStore = times(1, cutAfter(1<<19, r.right))
		var kinds []EventKind
		var last Event
		transfer, err := r.download(DownloadOptions{Progress: func(e Event) {
			if e.Kind != EventBytes || !slices.Contains(kinds, EventBytes) {
				kinds = append(kinds, e.Kind)
			}
			if e.FilePath != somePath || e.Done > 1<<20 || (e.Kind == EventRetry) != (e.Err != nil) {
				t.Errorf("%+v", e)
			}
			last = e
		}})
		r.whole(transfer, err)
		if want := []EventKind{EventStarted, EventBytes, EventRetry, EventFinished}; !slices.Equal(kinds, want) {
			t.Errorf("%v, want %v", kinds, want)
		}
		if diff := cmp.Diff(transfer, last.Transfer); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEventsOfBytesAreRare(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.always = func(w http.ResponseWriter, q *http.Request) { r.right(&slowWriter{w}, q) } // 128 s
		n := 0
		r.whole(r.download(DownloadOptions{Progress: func(e Event) {
			if e.Kind == EventBytes {
				n++
			}
		}}))
		if n < 100 || n > 140 {
			t.Errorf("%d events in 128 s of one write a second", n)
		}
	})
}

func TestHostileNames(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		for _, name := range []string{
			"", ".", "..", "/etc/passwd", "../../etc/passwd", "imap/../../x", "C:\\windows\\x",
			"imap_mag_l0_raw_20250101_v001.0001.pkts/../../../x", "imap_mag_l0_../../../x_20250101_v001.0001.pkts",
			"imap_mag_l0_raw_20250101_v001.0001.pkts\x00.txt", "imap_mag_l0_ra\nw_20250101_v001.0001.pkts",
		} {
			transfer, err := r.client.Download(t.Context(), name, DownloadOptions{})
			if err == nil && transfer.Path != r.client.LocalPath(somePath) {
				t.Errorf("%q: %+v", name, transfer)
			}
		}
		// The directory in a record is the server's text: the name alone tells where the file lies.
		transfer, err := r.client.Download(t.Context(), "../../../tmp/"+someName, DownloadOptions{})
		r.whole(transfer, err)
		if transfer.Path != r.client.LocalPath(somePath) {
			t.Errorf("it lies at %s", transfer.Path)
		}
	})
}

// A run that fetches nothing removes what killed processes left of complete files.
func TestDownloadSweepsLeftovers(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.whole(r.download(DownloadOptions{}))
		lock := ".imapsh/locks/" + someName + ".lock"
		left := []string{lock, somePath + partEnding, somePath + partNoteEnding}
		for _, name := range left {
			write(t, r.client.LocalPath(name), nil)
		}
		if _, err := r.download(DownloadOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, name := range left {
			if _, err := os.Lstat(r.client.LocalPath(name)); err == nil {
				t.Errorf("%s is left of a file that is complete", name)
			}
		}
	})
}

// TestNamesThatDifferByCase: where they are one name, the second file does not take the
// place of the first, and is not called a damaged one.
func TestNamesThatDifferByCase(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.always = func(w http.ResponseWriter, q *http.Request) {
			serve(w, q, []byte(q.URL.Path), `"`+md5Hex([]byte(q.URL.Path))+`"`)
		}
		const lower, upper = "imap_mag_l1a_norm_20250101_v001.0001.cdf", "imap_mag_l1a_NORM_20250101_v001.0001.cdf"
		first, err := r.client.Download(t.Context(), lower, DownloadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(strings.ToUpper(first.Path)); err != nil {
			t.Skip("the file system tells upper from lower case")
		}
		for _, o := range []DownloadOptions{{}, {Verify: true}, {Overwrite: true}} {
			_, err := r.client.Download(t.Context(), upper, o)
			if err == nil || !strings.Contains(err.Error(), "does not tell upper from lower case") || !strings.Contains(err.Error(), lower) {
				t.Errorf("%+v: %v", o, err)
			}
			if text, _ := os.ReadFile(first.Path); !strings.Contains(string(text), lower) {
				t.Errorf("the first file holds %q", text)
			}
		}
	})
}
