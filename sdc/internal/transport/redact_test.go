package transport

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

const secret = "kq7-the-secret-key"

// newAPI has an API key and an access token for its origin.
func newAPI(t testing.TB, key, token string) *API {
	t.Helper()
	a := &API{}
	a.SetBase(&url.URL{Scheme: "https", Host: "api.test"})
	for _, err := range []error{a.SetKey(key), a.SetToken(token)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

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
	api := newAPI(t, "k", "mag")
	for text, want := range map[string]string{
		"imap/spice/ck/k/imap_mag_k.ah.bc": "imap/spice/ck/k/imap_mag_k.ah.bc",
		"the key k is not known":           "the key … is not known",
		`x-api-key: "k", Bearer mag`:       `x-api-key: "…", Bearer …`,
		"k":                                "…",
		"k/k k":                            "k/k …",
		"C:\\k\\mag":                       "C:\\k\\mag",
	} {
		if got := api.Redact(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func FuzzRedact(f *testing.F) {
	for _, text := range []string{"", "Ⱥ", "ȺȺȺȺȺ", "signature=", "\xff", strings.Repeat("x", MaxDetail-5), `\"`, "\u200b", "K-Amz-Signature"} {
		f.Add(text, text)
	}
	api := newAPI(f, secret, "")
	f.Fuzz(func(t *testing.T, before, after string) {
		text := before + " X-Amz-Signature=sigsecret&" + secret + after
		for _, sent := range []string{text, fmt.Sprintf("%q", text)} {
			got := api.Redact(sent)
			if strings.Contains(after+before, "secret") {
				continue
			}
			if strings.Contains(got, "sigsecret") || strings.Contains(got, secret[:8]) {
				t.Errorf("%q shows a secret: %q", sent, got)
			}
			if !utf8.ValidString(got) || len(got) > MaxDetail+len(" …") {
				t.Errorf("%d bytes: %q", len(got), got)
			}
		}
	})
}
