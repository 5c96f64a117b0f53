package sdc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/transport"
)

// source puts the file to be sent where the data directory keeps it.
func (r *rig) source(t *testing.T) string {
	path := r.client.LocalPath(somePath)
	write(t, path, r.content)
	return path
}

// lost takes what is put, and answers nothing.
func (r *rig) lost(w http.ResponseWriter, q *http.Request) {
	r.keep(w, q)
	panic(http.ErrAbortHandler)
}

// TestUploadFaults puts every fault of an upload in its way.
func TestUploadFaults(t *testing.T) {
	const sent, skipped = "uploaded", "skipped"
	for _, test := range []struct {
		name    string
		set     func(t *testing.T, r *rig)
		options UploadOptions
		want    string // uploaded, skipped, or part of the error
		puts    int
		asks    int // for a URL to put to
		lasts   time.Duration
	}{
		{name: "nothing", want: sent, puts: 1, asks: 1},
		{name: "empty file", set: func(t *testing.T, r *rig) { r.content = nil }, want: "it is empty"},
		{name: "lost reply", set: func(t *testing.T, r *rig) { r.onStore = times(1, r.lost) }, want: sent, puts: 1, asks: 2},
		{name: "lost reply, other bytes in the archive", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) {
				r.lockStored([]byte("others"))
				panic(http.ErrAbortHandler)
			})
		}, want: "with other bytes", puts: 1, asks: 2},
		{name: "lost reply, not given out yet", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, r.lost)
			notYet := status(404, "none")
			r.onAPI = []http.HandlerFunc{nil, nil, notYet, nil, notYet}
		}, want: sent, puts: 1, asks: 4},
		{name: "connection closed half way", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(_ http.ResponseWriter, q *http.Request) {
				_, _ = io.CopyN(io.Discard, q.Body, 1<<19)
				panic(http.ErrAbortHandler)
			})
		}, want: sent, puts: 2, asks: 2},
		{name: "silence half way", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(_ http.ResponseWriter, q *http.Request) {
				_, _ = io.CopyN(io.Discard, q.Body, 1<<19)
				_ = transport.Sleep(q.Context(), time.Hour)
			})
		}, want: sent, puts: 2, asks: 2, lasts: 62 * time.Second},
		{name: "500 on PUT", set: func(t *testing.T, r *rig) { r.onStore = times(2, status(500, "")) }, want: sent, puts: 3, asks: 3},
		{name: "500 on PUT, although it is stored", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) {
				r.keep(w, q)
				w.WriteHeader(500)
			})
		}, want: sent, puts: 1, asks: 2},
		{name: "500 on PUT, always", set: func(t *testing.T, r *rig) { r.always = status(500, "") }, want: "tried 8 times", puts: 8, asks: 8, lasts: 2 * time.Minute},
		{name: "500 on the question", set: func(t *testing.T, r *rig) { r.onAPI = times(2, status(500, "")) }, want: sent, puts: 1, asks: 3},
		{name: "expired URL", set: func(t *testing.T, r *rig) { r.onStore = times(1, status(403, "")) }, want: sent, puts: 2, asks: 2, lasts: time.Second},
		{name: "expired credential of the URL", set: func(t *testing.T, r *rig) { r.onStore = times(1, status(400, expiredToken)) }, want: sent, puts: 2, asks: 2, lasts: time.Second},
		{name: "403 on PUT, always", set: func(t *testing.T, r *rig) { r.always = status(403, "") }, want: "403", puts: 3, asks: 3},
		{name: "403 on the question", set: func(t *testing.T, r *rig) { r.onAPI = times(1, status(403, "{}")) }, want: "403", asks: 1},
		{name: "400 on the question", set: func(t *testing.T, r *rig) { r.onAPI = times(1, status(400, `"bad name"`)) }, want: "bad name", asks: 1},
		{name: "400 on PUT", set: func(t *testing.T, r *rig) {
			r.always = status(400, "<Error><Message>BadDigest</Message></Error>")
		}, want: "BadDigest", puts: 1, asks: 1},
		{name: "slow answer", set: func(t *testing.T, r *rig) {
			r.content = someBytes(1000, 1) // too few to be no stall, if uploader them still counted
			r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) {
				r.keep(w, q)
				_ = transport.Sleep(q.Context(), 50*time.Second)
			})
		}, want: sent, puts: 1, asks: 1},
		{name: "file grows", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) {
				write(t, r.client.LocalPath(somePath), append(slices.Clone(r.content), "more"...))
				r.keep(w, q)
			})
		}, want: "changed while it was sent", puts: 1, asks: 1},
		{name: "file is cut", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) {
				_ = os.Truncate(r.client.LocalPath(somePath), 1000)
				r.keep(w, q)
			})
		}, want: "changed while it was sent", puts: 1, asks: 1},
		{name: "damaged in the store", set: func(t *testing.T, r *rig) {
			r.onStore = times(1, func(w http.ResponseWriter, q *http.Request) {
				_, _ = io.Copy(io.Discard, q.Body)
				w.Header().Set("ETag", `"`+strings.Repeat("ab", 16)+`"`)
			})
		}, want: "stored bytes with MD5", puts: 1, asks: 1},
		{name: "exists", set: func(t *testing.T, r *rig) { r.lockStored(r.content) }, want: "409", asks: 1},
		{name: "exists, skip_existing", set: func(t *testing.T, r *rig) { r.lockStored(r.content) },
			options: UploadOptions{SkipExisting: true}, want: skipped, asks: 1},
		{name: "exists with other bytes, skip_existing", set: func(t *testing.T, r *rig) { r.lockStored([]byte("others")) },
			options: UploadOptions{SkipExisting: true}, want: "with other bytes", asks: 1},
		{name: "exists without a hash, skip_existing", set: func(t *testing.T, r *rig) {
			r.lockStored(r.content)
			r.always = r.tagged(`"abc-3"`)
		}, options: UploadOptions{SkipExisting: true}, want: skipped, asks: 1},
		{name: "exists at the store", set: func(t *testing.T, r *rig) { r.onStore = times(1, status(412, "")) }, want: "409", puts: 1, asks: 1},
		{name: "dry run", options: UploadOptions{DryRun: true}, want: "planned"},
		{name: "no URL", set: func(t *testing.T, r *rig) { r.onAPI = times(1, status(200, `{}`)) }, want: "where to put the file", asks: 1},
		{name: "HTML for a URL", set: func(t *testing.T, r *rig) { r.onAPI = times(1, status(200, `<html>`)) }, want: "where to put the file", asks: 1},
		{name: "redirect of the PUT", set: func(t *testing.T, r *rig) { r.always = status(307, "", "Location", "http://other.test/x") }, want: "307", puts: 1, asks: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				if test.set != nil {
					test.set(t, r)
				}
				r.source(t)
				began := time.Now()
				transfer, err := r.client.Upload(t.Context(), someName, test.options)
				if lasted := time.Since(began); test.lasts > 0 && lasted > test.lasts {
					t.Errorf("it lasted %v", lasted)
				}
				switch test.want {
				case sent:
					stored, _ := r.server.Stored("/" + somePath)
					if err != nil || transfer.Status != Uploaded || transfer.Verified != VerifiedMD5 || !bytes.Equal(stored, r.content) {
						t.Errorf("%+v %v, %d bytes stored", transfer, err, len(stored))
					}
				case skipped, "planned":
					if err != nil || string(transfer.Status) != test.want {
						t.Errorf("%+v %v", transfer, err)
					}
				default:
					if err == nil || !strings.Contains(err.Error(), test.want) || transfer.Status != Failed {
						t.Errorf("%+v %v, want %s", transfer, err, test.want)
					}
					noSecret(t, err)
				}
				puts, asks := 0, 0
				lines, headers := r.requests()
				for i, line := range lines {
					if strings.HasPrefix(line, "PUT ") {
						puts++
						if h := headers[i]; h.Get("x-api-key") != "" || h.Get("Content-MD5") == "" || h.Get("Content-Length") == "" && h.Get("Transfer-Encoding") != "" ||
							!slices.Equal(h["Content-Type"], []string{""}) {
							t.Errorf("headers of the PUT: %v", h)
						}
					}
					if strings.Contains(line, "/upload/") {
						asks++
					}
				}
				if puts != test.puts || asks != test.asks || len(r.to("other.test")) > 0 {
					t.Errorf("%d PUTs, %d questions, want %d and %d: %q", puts, asks, test.puts, test.asks, lines)
				}
			})
		})
	}
}

func (r *rig) lockStored(content []byte) { r.server.SetStored("/"+somePath, content) }

func TestUploadNames(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		dir := t.TempDir()
		for _, test := range []struct{ name, want string }{
			{"imap_mag_l1a_norm_20250101_v001.cdf", "vMMM.mmmm"},
			{"imap_mag_l9_norm_20250101_v001.0001.cdf", "data level"},
			{"notes.txt", "notes.txt"},
			{someName, "no such file: looked for"},
		} {
			path := dir + "/" + test.name
			if test.name != someName {
				write(t, path, []byte("x"))
			}
			_, err := r.client.Upload(t.Context(), path, UploadOptions{})
			var invalid *naming.InvalidNameError
			var usage *UsageError
			if err == nil || !strings.Contains(err.Error(), test.want) || !errors.As(err, &invalid) && !errors.As(err, &usage) {
				t.Errorf("%s: %v", test.name, err)
			}
		}
		write(t, dir+"/dir/"+someName+"/x", []byte("x"))
		if _, err := r.client.Upload(t.Context(), dir+"/dir/"+someName, UploadOptions{}); err == nil || !strings.Contains(err.Error(), "it is a directory; name the files in it") {
			t.Errorf("a directory: %v", err)
		}
		r.client.readOnly = true
		if _, err := r.client.Upload(t.Context(), r.source(t), UploadOptions{}); ReasonOf(err) != ReadOnly {
			t.Errorf("read-only: %v", err)
		}
		if asked, _ := r.requests(); len(asked) > 0 {
			t.Errorf("asked %q", asked)
		}
	})
}

// TestUploadFollowsNoLinkOutOfTheDataDirectory: who plants one there does not choose
// what is sent.
func TestUploadFollowsNoLinkOutOfTheDataDirectory(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		outside := filepath.Join(t.TempDir(), "private")
		write(t, outside, []byte("private"))
		path := r.client.LocalPath(somePath)
		write(t, filepath.Join(r.client.DataDir(), "inside"), r.content)
		for target, want := range map[string]bool{outside: false, "../../../../../inside": true} {
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			_ = os.Remove(path)
			if err := os.Symlink(target, path); err != nil {
				t.Skip(err)
			}
			transfer, err := r.client.Upload(t.Context(), someName, UploadOptions{DryRun: true})
			if (err == nil) != want || transfer.Path != path && want || err != nil && !strings.Contains(err.Error(), "escapes") {
				t.Errorf("a link to %s: %s %v", target, transfer.Status, err)
			}
		}
	})
}

func TestUploadsToTheRealArchive(t *testing.T) {
	api, _ := realArchive(t, nil, nil, nil)
	client := newClient(t, Options{URL: api, APIKey: secret})
	var names []string
	for i := range 12 {
		name := fmt.Sprintf("imap_swe_l1a_sci_202601%02d_v001.0001.cdf", 10+i)
		path := t.TempDir() + "/" + name
		write(t, path, someBytes(i*1000+1, uint64(i)))
		names = append(names, path)
	}
	for _, want := range []Status{Uploaded, Skipped} {
		report, err := client.UploadAll(t.Context(), names, UploadOptions{SkipExisting: true})
		if err != nil || len(report.With(want)) != 12 {
			t.Fatalf("%s: %v", report.Summary(), err)
		}
	}
	report, err := client.UploadAll(t.Context(), names, UploadOptions{})
	var refused *Error
	if !errors.As(err, &refused) || !refused.Exists() || len(report.With(Failed)) != 12 || ReasonOf(err) != AlreadyExists {
		t.Errorf("%s: %v", report.Summary(), err)
	}
	transfer, err := client.Download(t.Context(), "imap_swe_l1a_sci_20260113_v001.0001.cdf", DownloadOptions{})
	got, _ := os.ReadFile(transfer.Path)
	if err != nil || !bytes.Equal(got, someBytes(3001, 3)) {
		t.Errorf("%+v %v", transfer, err)
	}
}
