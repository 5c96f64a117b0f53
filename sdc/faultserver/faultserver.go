// Package faultserver is the SDC's API and its object store for one file, with faults on
// order, so that any client can be tried against them: connections that break, stores that
// fall silent, answers of every status, each at the request that a script says.
//
// What is not scripted is answered as the real archive does: the API redirects to
// a signed URL of the store, and the store serves byte ranges with an ETag.
//
//	server := &faultserver.Server{StoreURL: store.URL, Path: path, Content: content}
//	server.Store = faultserver.Script{faultserver.CutAfter(1000, server.AnswerStore)}
//
// Serve ServeAPI and ServeStore on two origins, as the real archive has them.
package faultserver

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Script is what an origin does with its next requests, the first of the list with the
// first of them. A nil entry, and the end of the list, mean that nothing goes wrong.
type Script []http.HandlerFunc

// Next takes the handler of one request from the script; nil: nothing goes wrong.
func (s *Script) Next() http.HandlerFunc {
	if len(*s) == 0 {
		return nil
	}
	next := (*s)[0]
	*s = (*s)[1:]
	return next
}

// Server holds one file. Its fields are set before it serves.
type Server struct {
	StoreURL string        // base URL of the origin that ServeStore answers on
	Path     string        // archive path of the file, imap/…
	Content  func() []byte // its bytes; an upload to the path takes their place
	API      Script
	Store    Script

	mu       sync.Mutex
	requests []string
	stored   map[string][]byte // uploads, by the path of the URL
	signed   int
}

// Bytes is a Content that never changes.
func Bytes(content []byte) func() []byte { return func() []byte { return content } }

// next notes a request, and takes its handler from a script.
func (s *Server) next(r *http.Request, script *Script) http.HandlerFunc {
	s.mu.Lock()
	defer s.mu.Unlock()
	line := r.Method + " " + r.URL.Path
	if span := r.Header.Get("Range"); span != "" {
		line += " " + span
	}
	s.requests = append(s.requests, line)
	return script.Next()
}

// Requests lists the requests so far: method, path and, where there is one, the byte range.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// ServeAPI is the handler of the API's origin.
func (s *Server) ServeAPI(w http.ResponseWriter, r *http.Request) {
	if scripted := s.next(r, &s.API); scripted != nil {
		scripted(w, r)
		return
	}
	s.AnswerAPI(w, r)
}

// ServeStore is the handler of the store's origin.
func (s *Server) ServeStore(w http.ResponseWriter, r *http.Request) {
	if scripted := s.next(r, &s.Store); scripted != nil {
		scripted(w, r)
		return
	}
	s.AnswerStore(w, r)
}

// AnswerAPI is what the API does when nothing goes wrong.
func (s *Server) AnswerAPI(w http.ResponseWriter, r *http.Request) {
	route := strings.TrimPrefix(r.URL.Path, "/api-key")
	s.mu.Lock()
	s.signed++
	signature := fmt.Sprintf("?X-Amz-Signature=sigsecret%d", s.signed)
	_, taken := s.stored["/"+s.Path]
	s.mu.Unlock()
	name, upload := strings.CutPrefix(route, "/upload/")
	switch file, download := strings.CutPrefix(route, "/download"); {
	case download:
		w.Header().Set("Location", s.StoreURL+file+signature)
		w.WriteHeader(http.StatusFound)
	case upload && taken:
		Status(http.StatusConflict, `{"error": "FileAlreadyExists", "message": "it exists"}`)(w, r)
	case upload && name == path.Base(s.Path):
		fmt.Fprintf(w, "%q", s.StoreURL+"/"+s.Path+signature)
	default:
		Status(http.StatusNotFound, `{"message": "Not Found"}`, "Content-Type", "application/json")(w, r)
	}
}

// AnswerStore is what the object store does when nothing goes wrong.
func (s *Server) AnswerStore(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPut {
		s.Keep(w, r)
		return
	}
	content, uploaded := s.Stored(r.URL.Path)
	if !uploaded {
		content = s.Content()
	}
	Serve(w, r, content, ETag(content))
}

// Keep takes an upload, if its body comes whole.
func (s *Server) Keep(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.SetStored(r.URL.Path, body)
	w.Header().Set("ETag", ETag(body))
}

// Stored is what was uploaded to the path of a URL.
func (s *Server) Stored(urlPath string) (content []byte, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, found = s.stored[urlPath]
	return content, found
}

// SetStored lets the store hold content at the path of a URL, as if it had been uploaded.
func (s *Server) SetStored(urlPath string, content []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stored == nil {
		s.stored = map[string][]byte{}
	}
	s.stored[urlPath] = content
}

// ETag is the ETag of content that was uploaded in one piece: its MD5.
func ETag(content []byte) string {
	sum := md5.Sum(content)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// Serve answers a GET with content or the byte range of it that is asked for.
func Serve(w http.ResponseWriter, r *http.Request, content []byte, etag string) {
	w.Header().Set("ETag", etag)
	w.Header().Set("Content-Type", "binary/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
