package present

import (
	"strings"
	"testing"
)

// TestTablesFit drops what says the same of every row before what tells rows apart.
func TestTablesFit(t *testing.T) {
	records := answered(t, `[{"file_path": "imap_swe_l2_a_20260101_v001.cdf", "instrument": "swe", "data_level": "l2", "descriptor": "a", "start_date": "20260101", "ingestion_date": "20260102 00:00:00", "version": "v001"},
		{"file_path": "imap_swe_l2_a_20260102_v002.cdf", "instrument": "swe", "data_level": "l2", "descriptor": "a", "start_date": "20260102", "ingestion_date": "20260103 00:00:00", "version": "v002"}]`)
	for width, want := range map[int]string{
		0:  "instrument  data_level  descriptor  start_date  ingestion_date     version  filename",
		88: "instrument  start_date  ingestion_date     version  filename",
		79: "start_date  ingestion_date     version  filename",
		55: "start_date  version  filename",
	} {
		if got, _, _ := strings.Cut(Table(records, nil, width), "\n"); got != want {
			t.Errorf("%d columns: %s, want %s", width, got, want)
		}
		for line := range strings.SplitSeq(OfficialTable(records, width), "\n") {
			if width > 0 && len(line) > width {
				t.Errorf("%d columns: the official table has %q", width, line)
			}
		}
	}
}
