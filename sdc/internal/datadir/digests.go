package datadir

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// Digests are the hashes of the bytes that are written to it: the MD5 that the archive's
// ETag is compared with, and the SHA-256 that later checks use.
type Digests struct{ md5Hash, sha256Hash hash.Hash }

func newDigests() *Digests { return &Digests{md5.New(), sha256.New()} }

// Write adds bytes; it never fails.
func (d *Digests) Write(b []byte) (int, error) {
	d.md5Hash.Write(b)
	d.sha256Hash.Write(b)
	return len(b), nil
}

func (d *Digests) reset() {
	d.md5Hash.Reset()
	d.sha256Hash.Reset()
}

// MD5 is the MD5 in hex.
func (d *Digests) MD5() string { return hex.EncodeToString(d.md5Hash.Sum(nil)) }

// SHA256 is the SHA-256 in hex.
func (d *Digests) SHA256() string { return hex.EncodeToString(d.sha256Hash.Sum(nil)) }
