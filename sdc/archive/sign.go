package archive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// urlLife is how long a signed URL holds.
const urlLife = time.Hour

// clockSkew is how far ahead the clock of a URL's signer may be.
const clockSkew = 15 * time.Minute

// The query parameters of a signed URL, named as S3 names them.
const (
	paramAlgorithm     = "X-Amz-Algorithm"
	paramDate          = "X-Amz-Date"    // when signed, as signDateLayout, UTC
	paramExpires       = "X-Amz-Expires" // seconds
	paramSignedHeaders = "X-Amz-SignedHeaders"
	paramSignature     = "X-Amz-Signature" // hex
)

const (
	signAlgorithm  = "AWS4-HMAC-SHA256"
	signDateLayout = "20060102T150405Z"
	signedHeaders  = "host" // for the form's sake
)

// signer signs the URLs of the object store, with a secret that lives as long
// as the Archive. Whoever has a URL may use it.
type signer struct {
	secret []byte
	now    func() time.Time
}

// sign is the URL under base by which an object may be used with the method.
func (s signer) sign(base, method, path string) string {
	date := s.now().UTC().Format(signDateLayout)
	expires := strconv.Itoa(int(urlLife / time.Second))
	query := url.Values{
		paramAlgorithm:     {signAlgorithm},
		paramDate:          {date},
		paramExpires:       {expires},
		paramSignedHeaders: {signedHeaders},
		paramSignature:     {s.signature(method, path, date, expires)},
	}
	return strings.TrimSuffix(base, "/") + (&url.URL{Path: "/" + path, RawQuery: query.Encode()}).String()
}

// signature is the HMAC-SHA256, in hex, over what a URL permits.
func (s signer) signature(method, path, date, expires string) string {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(strings.Join([]string{signAlgorithm, method, path, date, expires}, "\n")))
	return hex.EncodeToString(mac.Sum(nil))
}

// check says why a request is not one that was signed, or nil.
func (s signer) check(method, path string, query url.Values) *storeError {
	if !query.Has(paramSignature) {
		return &storeError{http.StatusForbidden, "AccessDenied", "Access Denied"}
	}
	// Nothing may be added to what was signed.
	for name, values := range query {
		switch name {
		case paramAlgorithm, paramDate, paramExpires, paramSignedHeaders, paramSignature:
			if len(values) == 1 {
				continue
			}
		}
		return errSignature()
	}
	date, expires := query.Get(paramDate), query.Get(paramExpires)
	if query.Get(paramAlgorithm) != signAlgorithm || query.Get(paramSignedHeaders) != signedHeaders {
		return errSignature()
	}
	want := s.signature(method, path, date, expires)
	if !hmac.Equal([]byte(want), []byte(query.Get(paramSignature))) {
		return errSignature()
	}
	signed, errDate := time.Parse(signDateLayout, date)
	seconds, errSeconds := strconv.Atoi(expires)
	if errDate != nil || errSeconds != nil {
		return errSignature()
	}
	switch now := s.now(); {
	case now.Add(clockSkew).Before(signed):
		return &storeError{http.StatusForbidden, "AccessDenied", "Request is not valid yet"}
	case !now.Before(signed.Add(time.Duration(seconds) * time.Second)):
		return &storeError{http.StatusForbidden, "AccessDenied", "Request has expired"}
	}
	return nil
}

func errSignature() *storeError {
	return &storeError{http.StatusForbidden, "SignatureDoesNotMatch",
		"The request signature we calculated does not match the signature you provided. Check your key and signing method."}
}
