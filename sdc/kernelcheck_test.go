package sdc

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"imapsh/sdc/cdf"
)

func TestCheckKernel(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"naif0012.tls", "KPL/LSK\n", "[]"},
		{"imap_2026_001_2026_002_01.ah.bc", "DAF/CK  \x02\x00", "[]"},
		{"imap_2026_001_2026_002_02.ah.bc", "KPL/LSK\n", "[error kernel: the content is a kernel of kind LSK; right is a kernel of kind CK, as the ending .bc says]"},
		{"naif0013.tls", "<html>", `[error kernel: the file is no SPICE kernel: it starts with "<html>"; right is a kernel of kind LSK, as the ending .tls says]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), test.name)
			if err := os.WriteFile(path, []byte(test.content), 0o644); err != nil {
				t.Fatal(err)
			}
			findings, err := CheckProduct(t.Context(), path, cdf.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := []string{}
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%s %s: %s; right is %s", f.Level, f.Rule, f.Found, f.Right))
			}
			if fmt.Sprint(got) != test.want {
				t.Errorf("got  %v\nwant %s", got, test.want)
			}
		})
	}
	if _, err := CheckProduct(t.Context(), filepath.Join(t.TempDir(), "gone.bsp"), cdf.Options{}); !os.IsNotExist(err) {
		t.Errorf("a kernel that is not there: %v", err)
	}
}
