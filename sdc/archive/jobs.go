package archive

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Job is a run of the processing that makes a product, as the archive records it. What is
// not known is nil.
type Job struct {
	Status          string  `json:"status"` // INPROGRESS, SUCCEEDED or FAILED
	Instrument      *string `json:"instrument"`
	DataLevel       *string `json:"data_level"`
	Descriptor      *string `json:"descriptor"`
	StartDate       *string `json:"start_date"` // YYYY-MM-DDTHH:MM:SS
	MajorVersion    *int    `json:"major_version"`
	MinorVersion    *int    `json:"minor_version"`
	Repointing      *int    `json:"repointing"`
	DependencyHash  *string `json:"dependency_hash"`
	JobDefinition   *string `json:"job_definition"`
	LogStream       string  `json:"job_log_stream_id"` // by which its log is asked for
	ContainerImage  *string `json:"container_image"`
	ContainerDigest *string `json:"container_image_digest"`
	Command         *string `json:"container_command"`
	StartedAt       *string `json:"started_at"`
	StoppedAt       *string `json:"stopped_at"`

	Log string `json:"-"`
}

// jobTime is how a moment stands in a job.
const jobTime = "2006-01-02T15:04:05"

// maxJobs is how many jobs one answer has.
const maxJobs = 100

// createJobs is the table of jobs, in the order in which they were recorded.
const createJobs = "CREATE TABLE jobs (number INTEGER PRIMARY KEY, stream TEXT UNIQUE, row TEXT NOT NULL, log TEXT NOT NULL)"

// record keeps jobs; one whose log stream is known is left alone.
func (w *change) record(jobs []Job) error {
	for _, job := range jobs {
		row, err := json.Marshal(job)
		if err != nil {
			return fmt.Errorf("the row of the job %s: %w", job.LogStream, err)
		}
		if err := w.exec("INSERT OR IGNORE INTO jobs (stream, row, log) VALUES (?, ?, ?)", job.LogStream, string(row), job.Log); err != nil {
			return err
		}
	}
	return nil
}

// jobFilters are the parameters of /processing-jobs, and whether each is an integer.
var jobFilters = map[string]bool{
	"status": false, "instrument": false, "data_level": false, "descriptor": false, "start_date": false,
	"major_version": true, "minor_version": true, "repointing": true, "container_image": false,
}

// serveJobs answers /processing-jobs: the last jobs, the newest first.
func (a *Archive) serveJobs(w http.ResponseWriter, r *http.Request) {
	refuse := func(format string, args ...any) {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": fmt.Sprintf(format, args...)})
	}
	list, err := parseParameters(r.URL.RawQuery)
	if err != nil {
		refuse("%v", err)
		return
	}
	where, args := []string{"1"}, []any{}
	for _, p := range list {
		isInteger, known := jobFilters[p.name]
		var value any = p.value
		switch {
		case !known:
			refuse("Invalid parameter: %s", p.name)
			return
		case isInteger:
			if value, err = strconv.Atoi(p.value); err != nil {
				refuse("Invalid value of %s: %s", p.name, p.value)
				return
			}
		case p.name == "start_date":
			day, err := time.Parse("20060102", p.value)
			if err != nil {
				refuse("Invalid value of start_date: %s", p.value)
				return
			}
			value = day.Format(jobTime)
		}
		where = append(where, "json_extract(row, '$."+p.name+"') = ?")
		args = append(args, value)
	}
	rows, err := a.catalog.jobs(r.Context(), strings.Join(where, " AND "), args)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, rows)
}

func (c *catalog) jobs(ctx context.Context, where string, args []any) ([]json.RawMessage, error) {
	found, err := c.db.QueryContext(ctx, fmt.Sprintf("SELECT row FROM jobs WHERE %s ORDER BY number DESC LIMIT %d", where, maxJobs), args...)
	if err != nil {
		return nil, fmt.Errorf("reading the jobs: %w", err)
	}
	defer found.Close()
	rows := []json.RawMessage{}
	for found.Next() {
		var row string
		if err := found.Scan(&row); err != nil {
			return nil, fmt.Errorf("reading the jobs: %w", err)
		}
		rows = append(rows, json.RawMessage(row))
	}
	return rows, found.Err()
}

// serveJobLog answers /processing-logs/…: the log of the job that a parameter names.
func (a *Archive) serveJobLog(w http.ResponseWriter, r *http.Request) {
	var log string
	err := a.catalog.db.QueryRowContext(r.Context(), "SELECT log FROM jobs WHERE stream = ?", r.URL.Query().Get("job_log_stream_id")).Scan(&log)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		writeJSON(w, http.StatusNotFound, map[string]string{"error": "There is no log of that job_log_stream_id."})
	case err != nil:
		a.fail(w, r, err)
	default:
		writeText(w, http.StatusOK, log)
	}
}

// serveReprocess answers /reprocess: it records a job in progress. This archive makes no
// products, so the job stays so.
func (a *Archive) serveReprocess(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	optional := func(name string) *string {
		if value := values.Get(name); value != "" {
			return &value
		}
		return nil
	}
	now := a.now().UTC().Format(jobTime)
	job := Job{
		Status: "INPROGRESS", Instrument: optional("instrument"), DataLevel: optional("data_level"), Descriptor: optional("descriptor"),
		StartDate: optional("start_date"), LogStream: "reprocess/" + rand.Text(), StartedAt: &now,
		Log: fmt.Sprintf("%s reprocessing from %s to %s was asked for\n", now, values.Get("start_date"), values.Get("end_date")),
	}
	if job.StartDate != nil {
		if day, err := time.Parse("20060102", *job.StartDate); err == nil {
			iso := day.Format(jobTime)
			job.StartDate = &iso
		}
	}
	if err := a.catalog.change(r.Context(), func(w *change) error { return w.record([]Job{job}) }); err != nil {
		a.fail(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"message": "Reprocess job queued"})
}

// mayWrite reports whether the caller's credential is of full scope; if not, the request is
// refused with a message.
func (a *Archive) mayWrite(w http.ResponseWriter, r *http.Request, g gate, refusal string) bool {
	credential := r.Header.Get("x-api-key")
	if g == gateAuthorized {
		_, credential, _ = strings.Cut(r.Header.Get("Authorization"), " ")
	}
	if holds(a.keys, strings.TrimSpace(credential)) {
		return true
	}
	writeJSON(w, http.StatusForbidden, refusal)
	return false
}

// jobEndpoint answers what has to do with processing and releases, and reports whether the
// request was of that kind.
func (a *Archive) jobEndpoint(w http.ResponseWriter, r *http.Request, g gate, path string) bool {
	get := r.Method == http.MethodGet
	switch {
	case path == "/processing-jobs" && get:
		if a.passes(w, r, g) {
			a.serveJobs(w, r)
		}
	case strings.HasPrefix(path, "/processing-logs/") && get:
		if a.passes(w, r, g) {
			a.serveJobLog(w, r)
		}
	case path == "/reprocess" && r.Method == http.MethodPost && g != gateNone:
		if a.passes(w, r, g) && a.mayWrite(w, r, g, "Reprocess operation denied. Your API key has read permissions.") {
			a.serveReprocess(w, r)
		}
	case path == "/release" && get && g == gateAPIKey:
		if a.passes(w, r, g) && a.mayWrite(w, r, g, "Release operation denied. Your API key has read permissions.") {
			a.serveRelease(w, r)
		}
	default:
		return false
	}
	return true
}
