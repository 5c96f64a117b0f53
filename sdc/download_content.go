package sdc

import (
	"bytes"
	"encoding/binary"
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"imapsh/sdc/internal/transport"
)

// contentHead is how many bytes from the beginning of a file checkContent looks at.
const contentHead = 512

// checkContent compares the first bytes of a file with what its extension promises.
// refused is why the file cannot be what its name says: markup, JSON or plain text
// stands in place of a CDF. doubt is what is odd about a file that may still be real.
// Both are empty for content that fits, for an extension that promises no format, and
// for an empty file. size is the length of the whole file in bytes.
//
// Sources: the magic numbers of the CDF Internal Format Description (NASA/GSFC), and the
// primary header of the Space Packet Protocol (CCSDS 133.0-B-2).
func checkContent(name string, head []byte, size int64) (refused, doubt string) {
	if len(head) == 0 {
		return "", ""
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".cdf":
		if hasCDFMagic(head) {
			return "", ""
		}
		if kind := textKind(head); kind != "" {
			return "it holds " + kind + " and is not a CDF", ""
		}
		return "", "it does not begin with the magic number of a CDF"
	case ".pkts":
		return "", packetDoubt(head, size)
	}
	return "", ""
}

// hasCDFMagic reports whether a file begins as CDF versions 3, 2.6 and 2.5 or older do.
func hasCDFMagic(head []byte) bool {
	if len(head) < 8 {
		return false
	}
	first, second := binary.BigEndian.Uint32(head), binary.BigEndian.Uint32(head[4:])
	switch first {
	case 0xCDF30001, 0xCDF26002:
		return second == 0x0000FFFF || second == 0xCCCC0001
	case 0x0000FFFF:
		return second == 0x0000FFFF
	}
	return false
}

// textKind names the kind of text that a file begins with; it is empty for binary content.
func textKind(head []byte) string {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	lower := bytes.ToLower(text)
	switch {
	case !isText(head):
		return ""
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")):
		return "HTML"
	case bytes.HasPrefix(text, []byte("<")):
		return "XML"
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[")):
		return "JSON"
	}
	return "text"
}

// isText reports whether the bytes are UTF-8 of printable characters and white space; the
// last character may be cut.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size <= 1 {
			return !utf8.FullRune(head)
		}
		if !unicode.IsPrint(r) && !unicode.IsSpace(r) && r != '\ufeff' {
			return false
		}
		head = head[size:]
	}
	return true
}

// packetHeader is the length of a space packet's primary header in bytes.
const packetHeader = 6

// packetDoubt checks the first packet's primary header: version 0, and a length that
// the file can hold.
func packetDoubt(head []byte, size int64) string {
	if len(head) < packetHeader {
		return "it is shorter than the header of a CCSDS packet"
	}
	length := packetHeader + int64(binary.BigEndian.Uint16(head[4:])) + 1
	switch {
	case head[0]>>5 != 0:
		return "it does not begin with the header of a CCSDS packet"
	case length > size:
		return "its first CCSDS packet is longer than the file"
	}
	return ""
}

// isPage refuses an HTML page or a message in place of an object: a portal's log-in or a
// gateway's error, under status 200. Of an answer with an MD5 it is not asked: that decides.
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

// pageAtStart refuses an HTML page that is sent as if it were an object, by its first bytes.
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
