package archive

import (
	"encoding/xml"
	"net/http"
)

// storeError is an answer of the object store that refuses, in the form of S3:
// <Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>.
type storeError struct {
	status  int
	code    string
	message string
}

func (e *storeError) Error() string { return e.code + ": " + e.message }

func (e *storeError) write(w http.ResponseWriter) {
	body, _ := xml.Marshal(struct { // no two strings make it fail
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}{Code: e.code, Message: e.message})
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(e.status)
	// The caller has gone: there is nobody to report to.
	_, _ = w.Write(append([]byte(xml.Header), body...))
}
