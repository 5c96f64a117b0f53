package archive

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
)

// API is the handler of the REST API: /query, the lists of SPICE files, /download/…,
// /upload/…, the processing jobs, /reprocess and /release, each also under /api-key and
// /authorized; and webpoda's packets. Its URLs of objects begin with objectsURL, where
// [Archive.Objects] is to be served.
func (a *Archive) API(objectsURL string) http.Handler {
	return a.api(func(*http.Request) string { return objectsURL })
}

// api is API with an object store whose URL may depend on the request.
func (a *Archive) api(objectsURL func(*http.Request) string) http.Handler {
	return a.logged("api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g, path := cutGate(r.URL.Path)
		endpoint, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		get := r.Method == http.MethodGet
		switch {
		case endpoint == "query" && path == "/query" && get:
			if a.passes(w, r, g) {
				a.serveQuery(w, r, g == gateNone)
			}
		case get && path == "/"+endpoint && spiceEndpoints[endpoint] != nil:
			if a.passes(w, r, g) {
				a.serveSPICE(w, r, spiceEndpoints[endpoint], g == gateNone)
			}
		case a.jobEndpoint(w, r, g, path):
		case endpoint == "download" && (get || r.Method == http.MethodHead):
			if a.passes(w, r, g) {
				a.serveDownload(w, r, rest, g == gateNone, objectsURL(r))
			}
		case endpoint == "upload" && get:
			if g != gateAPIKey { // the real server takes uploads with a key alone
				writeMessage(w, http.StatusForbidden, "Forbidden")
			} else if !a.passes(w, r, g) {
				return
			} else if !holds(a.keys, r.Header.Get("x-api-key")) {
				writeJSON(w, http.StatusForbidden, "Upload access denied. Your API key has read-only permissions.")
			} else {
				a.serveUpload(w, r, rest, objectsURL(r))
			}
		case get && strings.HasPrefix(r.URL.Path, webpodaPrefix):
			a.serveWebpoda(w, r)
		case r.URL.Path == "/healthz" && (get || r.Method == http.MethodHead):
			a.serveHealth(w, r)
		default: // as AWS's HTTP API answers
			writeMessage(w, http.StatusNotFound, "Not Found")
		}
	}))
}

// serveHealth answers /healthz: 200 when the catalog can be read.
func (a *Archive) serveHealth(w http.ResponseWriter, r *http.Request) {
	if _, err := a.catalog.find(r.Context(), ""); err != nil {
		a.fail(w, r, err)
		return
	}
	writeMessage(w, http.StatusOK, "OK")
}

// serveQuery answers /query.
func (a *Archive) serveQuery(w http.ResponseWriter, r *http.Request, anonymous bool) {
	s, err := parseQuery(r.URL.RawQuery, anonymous)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, err.Error())
		return
	}
	begun := false
	err = a.catalog.answer(r.Context(), s, func(piece []byte) error {
		if !begun {
			begun = true
			w.Header().Set("Content-Type", "application/json")
		}
		_, err := w.Write(piece)
		return err
	})
	switch {
	case err == nil:
	case !begun:
		a.fail(w, r, err)
	default:
		// The status has been sent: only a broken connection shows that the
		// list is not complete.
		if r.Context().Err() == nil {
			a.log.Error("the answer broke off", "path", r.URL.Path, "error", err)
		}
		panic(http.ErrAbortHandler)
	}
}

// serveDownload answers /download/{path}: with a signed URL of the object.
func (a *Archive) serveDownload(w http.ResponseWriter, r *http.Request, path string, anonymous bool, objectsURL string) {
	if path == "" {
		writeText(w, http.StatusBadRequest, "No file requested for download. Please provide a filename "+
			"in the path. Eg. /download/path/to/file/filename.pkts")
		return
	}
	var found holding
	// What the catalog does not know is not looked for on the disk.
	if checkPath("download", path) == nil {
		var err error
		if found, err = a.catalog.find(r.Context(), path); err != nil {
			a.fail(w, r, err)
			return
		}
	}
	switch {
	case !found.exists:
		writeText(w, http.StatusNotFound, "File not found, make sure you include the full path to the file in "+
			"the request, e.g. /download/path/to/file/filename.pkts.")
	case anonymous && (found.hidden || neverPublic(path)):
		writeText(w, http.StatusForbidden, "The file "+path+" is not a part of a public release yet.")
	default:
		url := a.signer.sign(objectsURL, http.MethodGet, path)
		w.Header().Set("Location", url)
		writeJSON(w, http.StatusFound, struct {
			URL string `json:"download_url"`
		}{url})
	}
}

// fail answers that the server is at fault, and logs why.
func (a *Archive) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil || !errors.Is(err, r.Context().Err()) {
		a.log.Error("the request failed", "path", r.URL.Path, "error", err)
	}
	writeMessage(w, http.StatusInternalServerError, "Internal server error")
}

// writeMessage answers {"message": …}, as AWS's API Gateway does.
func writeMessage(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, struct {
		Message string `json:"message"`
	}{message})
}

// writeJSON answers with a value that JSON can hold.
func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false) // URLs hold &
	// The caller has gone: there is nobody to report to.
	_ = encoder.Encode(value)
}

// writeText answers with plain text.
func writeText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
