package archive

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestJobs(t *testing.T) {
	text := func(s string) *string { return &s }
	number := func(n int) *int { return &n }
	jobs := []Job{
		{Status: "SUCCEEDED", Instrument: text("mag"), DataLevel: text("l2"), Descriptor: text("norm-dsrf"), StartDate: text("2026-01-05T00:00:00"),
			MajorVersion: number(1), MinorVersion: number(2), LogStream: "job/1", Log: "done\n"},
		{Status: "FAILED", Instrument: text("swe"), LogStream: "job/2", Log: "no such input\n"},
	}
	o := serve(t, Options{Store: memory(magPath), Jobs: append(jobs, jobs[0]), ReadKeys: []string{"reader"}})
	streams := func(query string) string {
		t.Helper()
		r := request(t, "GET", o.api+"/processing-jobs"+query, "")
		var rows []struct {
			Stream string `json:"job_log_stream_id"`
		}
		if err := json.Unmarshal([]byte(r.body), &rows); err != nil || r.status != 200 {
			t.Fatalf("%s: %d %s", query, r.status, r.body)
		}
		var names []string
		for _, row := range rows {
			names = append(names, row.Stream)
		}
		return strings.Join(names, " ")
	}
	for query, want := range map[string]string{
		"":                                    "job/2 job/1", // the newest first
		"?status=FAILED":                      "job/2",
		"?instrument=mag&data_level=l2":       "job/1",
		"?start_date=20260105":                "job/1",
		"?major_version=1&minor_version=2":    "job/1",
		"?minor_version=3":                    "",
		"?descriptor=norm-dsrf&status=FAILED": "",
	} {
		if got := streams(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	for _, test := range []struct {
		method, request, key string
		status               int
		want                 string
	}{
		{"GET", "/processing-jobs?x=1", "", 400, `{"error":"Invalid parameter: x"}`},
		{"GET", "/processing-jobs?repointing=x", "", 400, "Invalid value of repointing: x"},
		{"GET", "/processing-jobs?start_date=2026", "", 400, "Invalid value of start_date: 2026"},
		{"GET", "/processing-logs/x?job_log_stream_id=job/2", "", 200, "no such input\n"},
		{"GET", "/processing-logs/x?job_log_stream_id=job/3", "", 404, "There is no log"},
		{"POST", "/reprocess?start_date=20260105&end_date=20260106", "", 404, "Not Found"},
		{"POST", "/api-key/reprocess?start_date=20260105&end_date=20260106", "reader", 403, "Reprocess operation denied"},
		{"POST", "/api-key/reprocess?start_date=20260105&end_date=20260106&instrument=mag&reprocessing=True", testKey, 200, `{"message":"Reprocess job queued"}`},
	} {
		if r := request(t, test.method, o.api+test.request, "", "x-api-key", test.key); r.status != test.status || !strings.Contains(r.body, test.want) {
			t.Errorf("%s %s: %d %s", test.method, test.request, r.status, r.body)
		}
	}
	if got := streams("?status=INPROGRESS&instrument=mag&start_date=20260105"); !strings.HasPrefix(got, "reprocess/") || strings.Contains(got, " ") {
		t.Errorf("the job that reprocess queued: %q", got)
	}
	if r := request(t, "POST", o.api+"/authorized/reprocess", "", "Authorization", "Bearer "+testKey); r.status != 200 {
		t.Errorf("with a token: %d %s", r.status, r.body)
	}
}
