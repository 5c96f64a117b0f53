package sample

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func TestKernels(t *testing.T) {
	types := map[string]int{}
	for _, f := range Files() {
		dir, rest, ok := strings.Cut(strings.TrimPrefix(f.Path, "imap/spice/"), "/")
		if !ok || !strings.HasPrefix(f.Path, "imap/spice/") {
			continue
		}
		types[dir]++
		content := string(f.Bytes())
		switch {
		case content == "":
			t.Errorf("%s is empty", f.Path)
		case strings.HasSuffix(rest, ".csv"):
			rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
			if err != nil || len(rows) < 40 {
				t.Errorf("%s: %d rows, %v", f.Path, len(rows), err)
			}
		case !strings.HasPrefix(content, "KPL/"+strings.ToUpper(dir)+"\n") || !strings.Contains(content, "\n\\begindata\n") || strings.Contains(content, "%!"):
			t.Errorf("%s is no text kernel:\n%s", f.Path, content)
		}
	}
	want := map[string]int{"lsk": 1, "pck": 1, "sclk": 1, "fk": 2, "spin": days, "repoint": days}
	for dir, n := range want {
		if types[dir] != n {
			t.Errorf("%d files in %s, want %d", types[dir], dir, n)
		}
	}
}

// TestRepointingsAgreeWithNames: the table has the number that products of the day bear.
func TestRepointingsAgreeWithNames(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(File{Path: "imap/spice/repoint/imap_2026_032_01.repoint.csv"}.Bytes()))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	last := rows[len(rows)-1] // of 2026-02-01, whose glows file is imap_glows_l2_hist_20260201-repoint00143
	if want := []string{"507600003", "0", "2026-02-01 00:00:00.000", "nan", "nan", "nan", "143"}; !slices.Equal(last, want) {
		t.Errorf("%q", last)
	}
}
