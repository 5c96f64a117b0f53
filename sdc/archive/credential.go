package archive

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
)

// keyDigest is the SHA-256 of a key. Digests have one length, so that comparing
// them takes the same time whatever was sent.
type keyDigest [sha256.Size]byte

// digestKeys are the digests of all keys but empty ones.
func digestKeys(keys []string) []keyDigest {
	var digests []keyDigest
	for _, key := range keys {
		if key != "" {
			digests = append(digests, sha256.Sum256([]byte(key)))
		}
	}
	return digests
}

// accepts reports whether a key is one of the archive's, of either scope.
func (a *Archive) accepts(key string) bool {
	return holds(a.keys, key) || holds(a.readKeys, key)
}

// holds reports whether a key is one of those whose digests are given.
func holds(digests []keyDigest, key string) bool {
	digest := keyDigest(sha256.Sum256([]byte(key)))
	accepted := 0
	for _, d := range digests {
		accepted |= subtle.ConstantTimeCompare(d[:], digest[:])
	}
	return accepted == 1
}

// gate is how a caller is identified: by the first element of the path.
type gate int

const (
	gateNone       gate = iota // anonymous
	gateAPIKey                 // /api-key with the header x-api-key
	gateAuthorized             // /authorized with the header Authorization: Bearer …
)

// cutGate splits the gate off a path.
func cutGate(path string) (gate, string) {
	if rest, found := strings.CutPrefix(path, "/api-key/"); found {
		return gateAPIKey, "/" + rest
	}
	if rest, found := strings.CutPrefix(path, "/authorized/"); found {
		return gateAuthorized, "/" + rest
	}
	return gateNone, path
}

// passes reports whether the request may go through the gate; if not, it is answered.
func (a *Archive) passes(w http.ResponseWriter, r *http.Request, g gate) bool {
	switch g {
	case gateAPIKey:
		if !a.accepts(r.Header.Get("x-api-key")) {
			writeMessage(w, http.StatusForbidden, "Forbidden")
			return false
		}
	case gateAuthorized:
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") || !a.accepts(strings.TrimSpace(token)) {
			writeMessage(w, http.StatusUnauthorized, "Unauthorized")
			return false
		}
	}
	return true
}
