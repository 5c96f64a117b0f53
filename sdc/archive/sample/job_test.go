package sample

import (
	"encoding/json"
	"strings"
	"testing"

	"imapsh/naming"
)

// TestJobs: each job has its list of inputs in the archive, and only the one that failed
// names a file that is not there.
func TestJobs(t *testing.T) {
	for _, lastDay := range []string{FirstLastDay, "20260301"} {
		last := startOf(lastDay)
		there := map[string]File{}
		for _, f := range FilesUntil(last, last.AddDate(1, 0, 0)) {
			there[f.Path[strings.LastIndex(f.Path, "/")+1:]] = f
		}
		jobs := Jobs(last)
		var statuses []string
		for _, job := range jobs {
			statuses = append(statuses, job.Status)
			list := (*job.Command)[strings.LastIndex(*job.Command, " ")+1:]
			file, ok := there[list]
			if !ok {
				t.Errorf("the archive has no %s", list)
				continue
			}
			var groups []struct {
				Type  string   `json:"type"`
				Files []string `json:"files"`
			}
			if err := json.Unmarshal(file.Bytes(), &groups); err != nil || len(groups) != 3 {
				t.Fatalf("%s: %v: %s", list, err, file.Bytes())
			}
			absent := 0
			for _, group := range groups {
				for _, name := range group.Files {
					if _, err := naming.Parse(name); err != nil {
						t.Error(err)
					}
					if _, ok := there[name]; !ok {
						absent++
						if !strings.Contains(job.Log, name) {
							t.Errorf("the log does not name %s:\n%s", name, job.Log)
						}
					}
				}
			}
			if (absent > 0) != (job.Status == "FAILED") || (job.StoppedAt == nil) != (job.Status == "INPROGRESS") {
				t.Errorf("%s: %d inputs are absent, stopped: %t", job.Status, absent, job.StoppedAt != nil)
			}
		}
		if got := strings.Join(statuses, " "); got != "SUCCEEDED FAILED INPROGRESS" {
			t.Error(got)
		}
	}
}
