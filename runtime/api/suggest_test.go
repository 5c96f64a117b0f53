package api

import "testing"

func TestSuggestByPart(t *testing.T) {
	options := []string{"data_level", "start_date", "end_date", "ingestion_start_date", "major_version", "cr", "version"}
	for word, want := range map[string]string{"level": "data_level", "start": "start_date", "end": "end_date", "major": "major_version", "vresion": "version",
		"star": "start_date", "ver": "version", "dat": "data_level", "ingest": "ingestion_start_date", "maj": "major_version", "lev": "data_level"} {
		if got := Suggest(word, options); got != `; did you mean "`+want+`"?` {
			t.Errorf("%s: %s", word, got)
		}
	}
	if got := Suggest("--star", []string{"--help", "--table", "--start-date"}); got != `; did you mean "--start-date"?` {
		t.Error(got)
	}
	if got := Suggest("--level", []string{"--help", "--data-level"}); got != `; did you mean "--data-level"?` {
		t.Error(got)
	}
}
