package sdc

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"imapsh/sdc/internal/transport"
)

// TestSecretsThatServersRepeat: whatever a server does with the key, or with a
// URL's signature, no error shows it, nor a part of it.
func TestSecretsThatServersRepeat(t *testing.T) {
	const quotable = `kq7"the\secret+key/` // what Go and JSON write in another way
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, test := range []struct {
		name, key string
		answer    http.HandlerFunc
	}{
		{"message", secret, status(400, `{"message": "no `+secret+`"}`)},
		{"message, near where it is cut", secret, status(400, x(transport.MaxDetail-8)+secret)},
		{"signature after letters whose lower case is longer", secret, status(400, strings.Repeat("Ⱥ", 60)+" X-Amz-Signature=sigsecret")},
		{"no signature after such letters", secret, status(400, "ȺȺȺȺȺ signature=")},
		{"field name", secret, status(200, `[{"`+x(88)+` `+secret+`":1}]`)},
		{"field name that JSON escapes", quotable, status(200, `[{" kq7\"the\\secret+key/":1}]`)},
		{"field twice", secret, status(200, `[{"a":{"`+secret+`":1,"`+secret+`":1}}]`)},
		{"field whose value is cut short", secret, status(200, `[{"a":{"`+x(40)+secret+x(40)+`":[1}}]`)},
		{"Location that is none", secret, status(302, "", "Location", "http://[::1/"+x(1946)+"/"+secret)},
		{"Location with what Go quotes", quotable, status(302, "", "Location", "http://[::1/"+quotable)},
		{"Location with a signature that is none", secret, status(302, "", "Location", "http://[::1/?X-Amz-Signature=sigsecret")},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := newClient(t, Options{URL: counted(t, new(atomic.Int64), test.answer), APIKey: test.key})
			client.questions.FirstWait, client.transfers.FirstWait = 1, 1
			_, ofQuery := client.Query(t.Context(), Query{Filename: someName})
			_, ofDownload := client.Download(t.Context(), someName, DownloadOptions{})
			for _, err := range []error{ofQuery, ofDownload} {
				if err == nil {
					t.Fatal("it succeeded")
				}
				for ; err != nil; err = errors.Unwrap(err) {
					noSecret(t, err)
					for _, part := range []string{secret[:8], `the\sec`, `the\\sec`} {
						if strings.Contains(err.Error(), part) {
							t.Errorf("a part of the key is shown: %v", err)
						}
					}
				}
			}
		})
	}
}
