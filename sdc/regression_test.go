package sdc

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestVerifyWithoutAHash: where the archive gives no MD5, its ETag tells that an
// object changed, and nothing is called stronger than it was proved.
func TestVerifyWithoutAHash(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		tag := `"` + strings.Repeat("ab", 16) + `-4"`
		r.always = func(w http.ResponseWriter, q *http.Request) { serve(w, q, r.content, tag) }
		if _, err := r.download(DownloadOptions{}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if kept, err := r.download(DownloadOptions{Verify: true}); err != nil || kept.Status != Skipped || kept.Verified != VerifiedSize {
				t.Errorf("the same object: %s %q %v", kept.Status, kept.Verified, err)
			}
		}
		r.content = someBytes(len(r.content), 77) // the same length
		tag = `"` + strings.Repeat("cd", 16) + `-4"`
		fetched, err := r.download(DownloadOptions{Verify: true})
		if got, _ := os.ReadFile(fetched.Path); err != nil || fetched.Status != Replaced || !bytes.Equal(got, r.content) {
			t.Errorf("a changed object: %s %q %v", fetched.Status, fetched.Verified, err)
		}
	})
}

// TestNothingToVerifyWith: of a file whose length and hash the archive does not
// tell nothing is claimed, whether it came or was there.
func TestNothingToVerifyWith(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.always = func(w http.ResponseWriter, _ *http.Request) {
			http.NewResponseController(w).Flush()
			w.Write(r.content)
		}
		write(t, r.client.LocalPath(somePath), []byte("garbage"))
		for _, o := range []DownloadOptions{{}, {Verify: true}} {
			if there, err := r.download(o); err == nil || !strings.Contains(err.Error(), "cannot be compared") || there.Verified != "" {
				t.Errorf("garbage: %s, verified %q, %v", there.Status, there.Verified, err)
			}
		}
		came, err := r.download(DownloadOptions{Overwrite: true})
		r.whole(came, err)
		if came.Verified != "" {
			t.Errorf("verified %q", came.Verified)
		}
		if kept, err := r.download(DownloadOptions{}); err != nil || kept.Status != Skipped {
			t.Errorf("%+v %v", kept, err)
		}
	})
}

// TestEachFileFinishesOnce: files that are never begun are told of as well, and
// two spellings of a name are one file.
func TestEachFileFinishesOnce(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.onAPI = times(99, status(http.StatusUnauthorized, `{"message": "no"}`))
		finished := map[string]int{}
		names := append(manyNames(50), somePath, someName)
		report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 1, Progress: func(e Event) {
			if e.Kind == EventFinished {
				finished[filepath.Base(e.FilePath)]++
			}
		}})
		if err == nil || len(report) != len(names) {
			t.Fatalf("%d entries, %v", len(report), err)
		}
		for _, name := range names {
			if n := finished[filepath.Base(name)]; n != 1 {
				t.Errorf("%s finished %d times", name, n)
			}
		}
	})
}

// TestFetchedMeanwhile: what another process did while this one waited for it
// counts, although this one had read what was known before.
func TestFetchedMeanwhile(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		names := manyNames(2)
		if _, err := r.client.Download(t.Context(), names[0], DownloadOptions{}); err != nil {
			t.Fatal(err)
		}
		theirs := newDownload(r.client, DownloadOptions{})
		defer theirs.dir.Close()
		path := archivePaths(t, names)[1]
		unlock, err := theirs.dir.Lock(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			time.Sleep(time.Minute)
			part, err := theirs.dir.OpenPart(path)
			if err == nil {
				_, err = part.Write(r.content)
			}
			if err == nil {
				err = theirs.complete(t.Context(), part, "", VerifiedMD5)
			}
			if err != nil {
				t.Error(err)
			}
			unlock()
		}()
		r.forget()
		report, err := r.client.DownloadAll(t.Context(), names, DownloadOptions{Concurrency: 1})
		asked, _ := r.requests()
		if err != nil || len(report.With(Skipped)) != 2 || report[1].Verified != VerifiedMD5 || len(asked) > 0 {
			t.Errorf("%s, asked %q: %v", report.Summary(), asked, err)
		}
	})
}

// TestLongNames: the names beside a file fit where its own does.
func TestLongNames(t *testing.T) {
	api, _ := realArchive(t, nil, nil, nil)
	client := newClient(t, Options{URL: api, APIKey: secret})
	const around = len("imap_swe_l1a__20260201_v001.0001.cdf")
	for _, n := range []int{244, 246, 250, 255} {
		name := "imap_swe_l1a_" + strings.Repeat("x", n-around) + "_20260201_v001.0001.cdf"
		path := filepath.Join(t.TempDir(), name)
		write(t, path, someBytes(n, 1))
		if _, err := client.Upload(t.Context(), path, UploadOptions{}); err != nil {
			t.Fatalf("%d: %v", n, err)
		}
		transfer, err := client.Download(t.Context(), name, DownloadOptions{})
		if got, _ := os.ReadFile(transfer.Path); err != nil || !bytes.Equal(got, someBytes(n, 1)) {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestListsOfNothing(t *testing.T) {
	for _, q := range []Query{{Descriptor: []string{""}}, {Descriptor: []string{"", "norm"}}} {
		if _, err := q.plan(time.Now()); err == nil || !strings.Contains(err.Error(), "empty word") {
			t.Errorf("%v: %v", q.Descriptor, err)
		}
	}
}

// TestReportsHoldNoControlCharacters: a path is the server's text.
func TestReportsHoldNoControlCharacters(t *testing.T) {
	failed := Transfer{FilePath: "imap/\x1b]0;owned\a", Status: Failed, Err: usagef("no")}
	if text := (&TransferError{Report{failed, failed}}).Error(); strings.ContainsAny(text, "\x1b\a") {
		t.Errorf("%q", text)
	}
}

// TestSecretsOfUnreadableURLs: Go's own errors repeat a Location that cannot be read.
func TestSecretsOfUnreadableURLs(t *testing.T) {
	client := newClient(t, Options{URL: "http://127.0.0.1:1", APIKey: secret})
	text := client.transport.Redact(`failed to parse Location "http://x y/?AWSAccessKeyId=AKIA&Signature=deep&x-amz-security-token=dark&X-Amz-Signature=hidden": ` + secret)
	for _, part := range []string{"AKIA", "deep", "dark", "hidden", secret} {
		if strings.Contains(text, part) {
			t.Errorf("%q is in %q", part, text)
		}
	}
}
