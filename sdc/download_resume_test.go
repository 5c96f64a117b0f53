package sdc

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestLeftParts: what an earlier run left is the beginning of the file only where that
// is certain, or the store's MD5 shows it at the end.
func TestLeftParts(t *testing.T) {
	const half = 1 << 19
	for _, test := range []struct {
		name string
		etag string // empty: the MD5
		note string // NAME.part.json, with the ETag for %s
		have int    // right bytes of the part, zeros after that
		span string // that is asked for first; empty: all
	}{
		{"all of the part, with MD5", "", `{"etag":%s,"size":1048576,"whole":-1}`, half, "bytes=524288-"},
		{"zeros, with MD5", "", `{"etag":%s,"size":1048576,"whole":-1}`, 100, "bytes=524288-"},
		{"zeros, with MD5, which the note denies", "", `{"etag":%s,"size":1048576,"md5":"","whole":524288}`, 100, "bytes=524288-"},
		{"a note with another MD5", "", `{"etag":%s,"size":1048576,"md5":"0123","whole":-1}`, half, "bytes=524288-"},
		{"zeros, without MD5, after a crash", `"abc-2"`, `{"etag":%s,"size":1048576,"whole":0}`, 100, ""},
		{"zeros behind what is certain, without MD5", `"abc-2"`, `{"etag":%s,"size":1048576,"whole":100}`, 100, "bytes=100-"},
		{"a note that calls all certain, without MD5", `"abc-2"`, `{"etag":%s,"size":1048576,"whole":-1}`, 100, "bytes=524288-"},
		{"a clean stop, without MD5", `"abc-2"`, `{"etag":%s,"size":1048576,"whole":524288}`, half, "bytes=524288-"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				etag := `"` + md5Hex(r.content) + `"`
				if test.etag != "" {
					etag = test.etag
					r.always = r.tagged(etag)
				}
				quoted, _ := json.Marshal(etag)
				part := make([]byte, half)
				copy(part, r.content[:test.have])
				write(t, r.client.LocalPath(somePath+partEnding), part)
				write(t, r.client.LocalPath(somePath+partNoteEnding), fmt.Appendf(nil, test.note, quoted))
				r.whole(r.download(DownloadOptions{}))
				asked, _ := r.requests()
				if len(asked) < 2 || !strings.HasSuffix(asked[1], strings.TrimSpace(somePath+" "+test.span)) {
					t.Errorf("asked %q, want %q first", asked, test.span)
				}
			})
		})
	}
}

// TestPartOfANewerFormat is refused, and stays.
func TestPartOfANewerFormat(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		part, note := r.client.LocalPath(somePath+partEnding), r.client.LocalPath(somePath+partNoteEnding)
		write(t, part, r.content[:100])
		write(t, note, []byte(`{"format":2,"etag":["x"]}`))
		_, err := r.download(DownloadOptions{})
		left, _ := os.ReadFile(part)
		if err == nil || !strings.Contains(err.Error(), "its format is 2, written by a newer version") || len(left) != 100 {
			t.Errorf("%v, %d bytes are left", err, len(left))
		}
	})
}
