package sdc

import (
	"bytes"
	"mime"
	"net/http"
	"path"
	"strings"

	"imapsh/sdc/internal/transport"
)

// isPage refuses a page for people, or a message, in place of an object: a
// portal's log-in or a gateway's error, under status 200.
func isPage(response *http.Response, archivePath string) error {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	extension := strings.ToLower(path.Ext(archivePath))
	html := kind == "text/html" && extension != ".html" && extension != ".htm"
	message := kind == "application/json" && extension != ".json"
	if html || message {
		return pageError(response)
	}
	return nil
}

// pageAtStart refuses a page that is sent as if it were an object, by its first bytes.
func pageAtStart(response *http.Response, archivePath string, start []byte) error {
	if extension := strings.ToLower(path.Ext(archivePath)); extension == ".html" || extension == ".htm" {
		return nil
	}
	start = bytes.ToLower(bytes.TrimLeft(start[:min(len(start), 512)], "\ufeff \t\r\n"))
	if bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")) {
		return pageError(response)
	}
	return nil
}

func pageError(response *http.Response) error {
	return &Error{
		Status: response.StatusCode, Endpoint: transport.EndpointOf(response.Request),
		Detail: "a page came instead of the file",
		Reason: Intercepted,
	}
}
