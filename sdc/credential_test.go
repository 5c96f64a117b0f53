package sdc

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"
)

func TestTextsWithoutSignatures(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"nothing of the kind", "nothing of the kind"},
		{"https://store/x?X-Amz-Signature=abc&X-Amz-Date=1", "https://store/x?X-Amz-Signature=…&X-Amz-Date=1"},
		{"?AWSAccessKeyId=AK&Signature=s%2Bs&Expires=1", "?AWSAccessKeyId=…&Signature=…&Expires=1"},
		{"?Policy=p&Key-Pair-Id=k&Signature=s", "?Policy=…&Key-Pair-Id=…&Signature=…"},
		{"X-AMZ-CREDENTIAL=c x-amz-security-token=t", "X-AMZ-CREDENTIAL=… x-amz-security-token=…"},
		{`"signature=s" '<signature=s>'`, `"signature=…" '<signature=…>'`},
		{"signature=s\nsignature=s", "signature=…\nsignature=…"},
		{"signature=", "signature=…"},
		// Letters whose lower case has another length.
		{"ȺȺȺȺȺ signature=", "ȺȺȺȺȺ signature=…"},
		{strings.Repeat("Ⱥ", 60) + " X-Amz-Signature=sigsecret", strings.Repeat("Ⱥ", 60) + " X-Amz-Signature=…"},
		{strings.Repeat("K", 60) + " X-Amz-Signature=sigsecret", strings.Repeat("K", 60) + " X-Amz-Signature=…"},
		{"\xff\xfe signature=sigsecret", "\xff\xfe signature=…"},
	} {
		if got := withoutSignatures(test.text); got != test.want {
			t.Errorf("%q\nbecame %q\nwant   %q", test.text, got, test.want)
		}
	}
}

// TestShortCredentials are no reason to take letters out of words and paths.
func TestShortCredentials(t *testing.T) {
	client := newClient(t, Options{APIKey: "k", AccessToken: "mag"})
	for text, want := range map[string]string{
		"imap/spice/ck/k/imap_mag_k.ah.bc": "imap/spice/ck/k/imap_mag_k.ah.bc",
		"the key k is not known":           "the key … is not known",
		`x-api-key: "k", Bearer mag`:       `x-api-key: "…", Bearer …`,
		"k":                                "…",
		"k/k k":                            "k/k …",
		"C:\\k\\mag":                       "C:\\k\\mag",
	} {
		if got := client.redacted(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func FuzzRedacted(f *testing.F) {
	for _, text := range []string{"", "Ⱥ", "ȺȺȺȺȺ", "signature=", "\xff", strings.Repeat("x", mostDetail-5), `\"`, "\u200b", "K-Amz-Signature"} {
		f.Add(text, text)
	}
	client, err := New(Options{APIKey: secret})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		text := before + " X-Amz-Signature=sigsecret&" + secret + after
		for _, sent := range []string{text, fmt.Sprintf("%q", text)} {
			got := client.redacted(sent)
			if strings.Contains(after+before, "secret") {
				continue
			}
			if strings.Contains(got, "sigsecret") || strings.Contains(got, secret[:8]) {
				t.Errorf("%q shows a secret: %q", sent, got)
			}
			if !utf8.ValidString(got) || len(got) > mostDetail+len(" …") {
				t.Errorf("%d bytes: %q", len(got), got)
			}
		}
	})
}

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
		{"message, near where it is cut", secret, status(400, x(mostDetail-8)+secret)},
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
			client.asking.first, client.moving.first = 1, 1
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
