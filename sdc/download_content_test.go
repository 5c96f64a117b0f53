package sdc

import (
	"bytes"
	"cmp"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckContent(t *testing.T) {
	packet := "\x0c\xa4\xd1\xb7\x00\x01\x00\x00"
	for _, test := range []struct {
		name, file, head string
		size             int64
		refused, doubt   string
	}{
		{name: "CDF 3", file: "a.cdf", head: "\xcd\xf3\x00\x01\x00\x00\xff\xff rest"},
		{name: "compressed CDF 3", file: "a.cdf", head: "\xcd\xf3\x00\x01\xcc\xcc\x00\x01"},
		{name: "CDF 2.6", file: "a.CDF", head: "\xcd\xf2\x60\x02\x00\x00\xff\xff"},
		{name: "CDF 2.5", file: "a.cdf", head: "\x00\x00\xff\xff\x00\x00\xff\xff"},
		{name: "HTML", file: "a.cdf", head: "\n <!DOCTYPE html><title>Log in</title>", refused: "it holds HTML and is not a CDF"},
		{name: "XML", file: "a.cdf", head: "<?xml version=\"1.0\"?><Error/>", refused: "it holds XML and is not a CDF"},
		{name: "JSON", file: "a.cdf", head: `{"message": "no"}`, refused: "it holds JSON and is not a CDF"},
		{name: "JSON behind a byte order mark", file: "a.cdf", head: "\ufeff[1]", refused: "it holds JSON and is not a CDF"},
		{name: "text", file: "a.cdf", head: "I'm not a cdf\n", refused: "it holds text and is not a CDF"},
		{name: "text cut within a character", file: "a.cdf", head: "Fehler: ung\xc3", refused: "it holds text and is not a CDF"},
		{name: "text with a control character", file: "a.cdf", head: "I'm not\x00", doubt: "it does not begin with the magic number of a CDF"},
		{name: "other bytes", file: "a.cdf", head: "\x89PNG\r\n\x1a\n", doubt: "it does not begin with the magic number of a CDF"},
		{name: "short", file: "a.cdf", head: "\xcd\xf3", doubt: "it does not begin with the magic number of a CDF"},
		{name: "empty", file: "a.cdf"},
		{name: "packet", file: "a.pkts", head: packet, size: 8},
		{name: "packet longer than the file", file: "a.pkts", head: packet, size: 7, doubt: "its first CCSDS packet is longer than the file"},
		{name: "text as packets", file: "a.pkts", head: "<html>", size: 6, doubt: "it does not begin with the header of a CCSDS packet"},
		{name: "another version", file: "a.pkts", head: "\xff\xff\xff\xff\x00\x00\x00", size: 7, doubt: "it does not begin with the header of a CCSDS packet"},
		{name: "no header", file: "a.pkts", head: "\x0c", size: 1, doubt: "it is shorter than the header of a CCSDS packet"},
		{name: "an extension without a format", file: "a.csv", head: "<html>", size: 6},
	} {
		t.Run(test.name, func(t *testing.T) {
			refused, doubt := checkContent(test.file, []byte(test.head), test.size)
			if refused != test.refused || doubt != test.doubt {
				t.Errorf("got %q, %q; want %q, %q", refused, doubt, test.refused, test.doubt)
			}
		})
	}
}

// Every real file fits: none may become unfetchable, nor be doubted.
func TestCheckContentOfRealFiles(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no shared data:", err)
	}
	checked := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "cdfpp_not_a_cdf.cdf" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		checked++
		refused, doubt := checkContent(path, content[:min(len(content), contentHead)], int64(len(content)))
		if refused != "" || doubt != "" {
			t.Errorf("%s: %s%s", path, refused, doubt)
		}
		return nil
	})
	if err != nil || checked == 0 {
		t.Fatalf("%d files checked: %v", checked, err)
	}
}

func FuzzCheckContent(f *testing.F) {
	f.Add("a.cdf", []byte("<html>"), int64(6))
	f.Add("a.pkts", []byte("\x0c\xa4\xd1\xb7\x00\x01"), int64(8))
	f.Fuzz(func(t *testing.T, name string, head []byte, size int64) {
		if refused, doubt := checkContent(name, head, size); refused != "" && doubt != "" {
			t.Errorf("both refused (%s) and doubted (%s)", refused, doubt)
		}
	})
}

func TestStoredContentIsLookedAt(t *testing.T) {
	const cdf = "imap_mag_l2_norm-gse_20250101_v001.0001.cdf"
	for _, test := range []struct {
		name, file, content string
		multipart           bool
		kind                string // Content-Type; empty: binary
		refused, warned     string
	}{
		{name: "JSON as a CDF that nothing vouches for", file: cdf, content: `{"message": "maintenance"}`, multipart: true,
			refused: "it holds JSON and is not a CDF"},
		{name: "text as a CDF that nothing vouches for", file: cdf, content: "We are sorry.\n", multipart: true,
			refused: "it holds text and is not a CDF"},
		{name: "text as a CDF, the archive's MD5 agrees", file: cdf, content: "We are sorry.\n"},
		{name: "HTML as a CDF, the archive's MD5 agrees", file: cdf, content: "<html>We are sorry."},
		{name: "HTML that says so as a CDF, the archive's MD5 agrees", file: cdf, content: "<html>We are sorry.", kind: "text/html; charset=utf-8"},
		{name: "JSON that says so as packets, the archive's MD5 agrees", file: someName, content: `{"no": "packets"}`, kind: "application/json"},
		{name: "HTML that says so, nothing vouches for", file: someName, content: "We are sorry.", kind: "text/html", multipart: true,
			refused: "a page came instead of the file"},
		{name: "other bytes as a CDF", file: cdf, content: "\x00\x01\x02", multipart: true, warned: "magic number"},
		{name: "no packets", file: someName, content: "We are sorry.\n", multipart: true, warned: "CCSDS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				var log bytes.Buffer
				r.client.log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
				r.content = []byte(test.content)
				etag := `"` + md5Hex(r.content) + `"`
				if test.multipart {
					etag = `"abc-2"`
				}
				r.always = status(200, test.content, "ETag", etag, "Content-Type", cmp.Or(test.kind, "binary/octet-stream"))
				transfer, err := r.client.Download(t.Context(), test.file, DownloadOptions{})
				if test.refused == "" {
					r.whole(transfer, err)
				} else if err == nil || !strings.Contains(err.Error(), test.refused) {
					t.Errorf("error: %v\nwant:  %s", err, test.refused)
				} else if files := filesIn(t, r.client.DataDir()); len(files) != 0 {
					t.Errorf("left behind: %v", files)
				}
				if got := log.String(); (test.warned == "") != (got == "") || !strings.Contains(got, test.warned) {
					t.Errorf("warned %q, want %q", got, test.warned)
				}
			})
		})
	}
}
