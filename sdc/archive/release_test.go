package archive

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRelease: what a manifest names can be seen by everybody, at once and after the next
// start, and nothing else.
func TestRelease(t *testing.T) {
	dir := t.TempDir()
	hidden := []string{
		"imap/mag/l1a/2026/01/imap_mag_l1a_norm_20260105_v001.0001.cdf",
		"imap/mag/l1a/2026/01/imap_mag_l1a_norm_20260105_v001.0002.cdf",
		"imap/mag/l2/2026/01/imap_mag_l2_norm_20260105_v001.0001.cdf",
		"imap/mag/l2/2026/02/imap_mag_l2_norm_20260205_v001.0001.cdf",
		"imap/swe/l2/2026/01/imap_swe_l2_sci_20260105_v001.0001.cdf",
		"imap/ancillary/mag/imap_mag_cal_20251001_v001.cdf",
		"imap/ancillary/mag/imap_mag_offsets_20260101_20260103_v001.csv",
	}
	for _, path := range hidden {
		write(t, dir, path, path)
	}
	const file = "imap_mag_data-release-001_20260104_20260131_v001.txt"
	write(t, dir, "imap/release/mag/"+file, strings.Join([]string{
		"# the first release", "", "instrument,data_type,descriptor,flag",
		"mag, l1a, norm, TRUE", "mag,l2,norm,false", "mag,ancillary,all,true",
	}, "\n"))
	list := write(t, dir, "imap/mag/l1a/2026/01/.unreleased", "# these wait\nimap_mag_l1a_norm_20260105_v001.0001.cdf\nimap_mag_l1a_norm_20260105_v001.0002.cdf\n")
	start := func() origins {
		store, err := NewDirStore(dir)
		if err != nil {
			t.Fatal(err)
		}
		return serve(t, Options{Store: store, Catalog: filepath.Join(dir, ".imapsh", "catalog.sqlite"), Unreleased: hidden[2:], ReadKeys: []string{"reader"}})
	}
	o := start()
	visible := func(o origins) []string {
		names := []string{}
		for _, table := range []string{"science", "ancillary"} {
			names = append(names, paths(t, request(t, "GET", o.api+"/query?table="+table, ""))...)
		}
		return names
	}
	if got := visible(o); len(got) != 0 {
		t.Fatalf("visible before the release: %q", got)
	}
	for _, test := range []struct {
		name, query, key string
		status           int
		want             string
	}{
		{"no manifest", "release_type=release", testKey, 400, "Missing required query parameter 'manifest_file'"},
		{"another operation", "release_type=unrelease&manifest_file=" + file, testKey, 501, "Early release operation not supported yet."},
		{"no such operation", "release_type=x&manifest_file=" + file, testKey, 400, "Invalid release_type"},
		{"a manifest that is not there", "release_type=release&manifest_file=imap_mag_data-release-002_20260104_20260131_v001.txt", testKey, 400, "is not in the archive"},
		{"not a manifest", "release_type=release&manifest_file=imap_mag_notes_20260104_20260131_v001.txt", testKey, 400, "is not the name of a release manifest"},
		{"a path", "release_type=release&manifest_file=x/" + file, testKey, 400, "is not the name of a release manifest"},
		{"a key that may read only", "release_type=release&manifest_file=" + file, "reader", 403, "Release operation denied. Your API key has read permissions."},
		{"a wrong key", "release_type=release&manifest_file=" + file, "x", 403, "Forbidden"},
		{"right", "release_type=release&manifest_file=" + file, testKey, 200, "Successfully released data per specification in " + file},
	} {
		r := request(t, "GET", o.api+"/api-key/release?"+test.query, "", "x-api-key", test.key)
		if r.status != test.status || !strings.Contains(r.body, test.want) {
			t.Errorf("%s: %d %s", test.name, r.status, r.body)
		}
	}
	want := []string{hidden[1], hidden[5]}
	if got := visible(o); !slices.Equal(got, want) {
		t.Errorf("visible: %q\nwant %q", got, want)
	}
	if text, err := os.ReadFile(list); err != nil || string(text) != "# these wait\nimap_mag_l1a_norm_20260105_v001.0001.cdf\n" {
		t.Errorf("the list: %q, %v", text, err)
	}
	if r := request(t, "GET", o.api+"/release?release_type=release&manifest_file="+file, ""); r.status != 404 {
		t.Errorf("without a key: %d", r.status)
	}
}

func TestManifestLines(t *testing.T) {
	const file = "imap_mag_data-release-001_20260104_20260131_v001.txt"
	for _, test := range []struct{ name, text, want string }{
		{"three fields", "mag,l2,true", "Line 1 of " + file + " has 3 fields, not 4"},
		{"five fields", "# x\nmag,l2,norm,true,", "Line 2 of " + file + " has 5 fields"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "imap/release/mag/"+file, test.text)
			store, err := NewDirStore(dir)
			if err != nil {
				t.Fatal(err)
			}
			o := serve(t, Options{Store: store})
			r := request(t, "GET", o.api+"/api-key/release?release_type=release&manifest_file="+file, "", "x-api-key", testKey)
			if r.status != 400 || !strings.Contains(r.body, test.want) {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
}
