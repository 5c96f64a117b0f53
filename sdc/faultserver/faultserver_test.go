package faultserver_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"imapsh/sdc/faultserver"
)

const somePath = "imap/mag/l0/2025/01/imap_mag_l0_raw_20250101_v001.0001.pkts"

// TestAnyClient tries the plainest client: the API is down once, the store breaks once, and
// the rest of the file comes by its byte range.
func TestAnyClient(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 1000)
	server := &faultserver.Server{Path: somePath, Content: faultserver.Bytes(content)}
	api, store := httptest.NewServer(http.HandlerFunc(server.ServeAPI)), httptest.NewServer(http.HandlerFunc(server.ServeStore))
	defer api.Close()
	defer store.Close()
	server.StoreURL = store.URL
	server.API = faultserver.Script{faultserver.Status(503, "later", "Retry-After", "1")}
	server.Store = faultserver.Script{faultserver.CutAfter(4000, server.AnswerStore)}

	get := func(span string) (int, []byte, error) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, api.URL+"/download/"+somePath, nil)
		if err != nil {
			t.Fatal(err)
		}
		if span != "" {
			request.Header.Set("Range", span)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return response.StatusCode, body, err
	}
	if status, _, _ := get(""); status != 503 {
		t.Errorf("status %d, want 503", status)
	}
	_, begin, err := get("")
	if err == nil || len(begin) != 4000 {
		t.Errorf("%d bytes, %v", len(begin), err)
	}
	status, rest, err := get(fmt.Sprintf("bytes=%d-", len(begin)))
	if err != nil || status != http.StatusPartialContent || !bytes.Equal(append(begin, rest...), content) {
		t.Errorf("status %d, %d bytes, %v", status, len(rest), err)
	}
	want := []string{
		"GET /download/" + somePath, "GET /download/" + somePath, "GET /" + somePath,
		"GET /download/" + somePath + " bytes=4000-", "GET /" + somePath + " bytes=4000-",
	}
	if got := server.Requests(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestUpload(t *testing.T) {
	server := &faultserver.Server{StoreURL: "http://store", Path: somePath, Content: faultserver.Bytes(nil)}
	ask := func(handler http.HandlerFunc, method, path, body string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		handler(w, httptest.NewRequest(method, path, bytes.NewBufferString(body)))
		return w
	}
	const name = "imap_mag_l0_raw_20250101_v001.0001.pkts"
	if w := ask(server.ServeAPI, "GET", "/api-key/upload/"+name, ""); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(server.ServeStore, "PUT", "/"+somePath, "bytes"); w.Header().Get("ETag") != faultserver.ETag([]byte("bytes")) {
		t.Errorf("%v", w.Header())
	}
	if w := ask(server.ServeAPI, "GET", "/api-key/upload/"+name, ""); w.Code != 409 {
		t.Errorf("again: %d %s", w.Code, w.Body)
	}
	if w := ask(server.ServeStore, "GET", "/"+somePath, ""); w.Body.String() != "bytes" {
		t.Errorf("%q", w.Body)
	}
	if w := ask(server.ServeAPI, "GET", "/nowhere", ""); w.Code != 404 {
		t.Errorf("%d", w.Code)
	}
}
