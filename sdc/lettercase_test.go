package sdc

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestInOtherCase(t *testing.T) {
	for _, test := range []struct{ names, name, want string }{
		{"", "a", ""}, {"a b", "a", ""}, {"A b", "a", "A"}, {"A a", "a", ""}, {"b c", "a", ""},
	} {
		if got := inOtherCase(strings.Fields(test.names), test.name); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.name, test.names, got, test.want)
		}
	}
}

// TestNamesThatDifferByCase: where they are one name, the second file does not take the
// place of the first, and is not called a damaged one. A hard link stands for the second
// name where the file system tells them apart.
func TestNamesThatDifferByCase(t *testing.T) {
	for _, o := range []DownloadOptions{{}, {Verify: true}, {Overwrite: true}} {
		inRig(t, func(t *testing.T, r *rig) {
			r.always = func(w http.ResponseWriter, q *http.Request) {
				serve(w, q, []byte(q.URL.Path), `"`+md5Hex([]byte(q.URL.Path))+`"`)
			}
			const lower, upper = "imap_mag_l1a_norm_20250101_v001.0001.cdf", "imap_mag_l1a_NORM_20250101_v001.0001.cdf"
			first, err := r.client.Download(t.Context(), lower, DownloadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			d := newDownload(r.client, o)
			defer d.dir.close()
			if !d.dir.letterCase.folds() {
				other := strings.Replace(first.Path, "norm", "NORM", 1)
				if err := os.Link(first.Path, other); err != nil {
					t.Skip(err)
				}
				d.dir.letterCase.folds = func() bool { return true }
				d.dir.letterCase.listings["imap/mag/l1a/2025/01"] = []string{lower}
			}
			_, err = d.file(t.Context(), upper, &teller{}, nil)
			if err == nil || !strings.Contains(err.Error(), "does not tell upper from lower case") || !strings.Contains(err.Error(), lower) {
				t.Errorf("%+v: %v", o, err)
			}
			if text, _ := os.ReadFile(first.Path); !strings.Contains(string(text), lower) {
				t.Errorf("the first file holds %q", text)
			}
		})
	}
}
