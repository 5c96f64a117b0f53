package sdc

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// digests are the hashes of a file's bytes, which are written to it: the MD5 that the
// archive's ETag is compared with, and the SHA-256 that later checks use.
type digests struct{ md5Hash, sha256Hash hash.Hash }

func newDigests() *digests { return &digests{md5.New(), sha256.New()} }

// Write adds bytes; it never fails.
func (d *digests) Write(b []byte) (int, error) {
	d.md5Hash.Write(b)
	d.sha256Hash.Write(b)
	return len(b), nil
}

func (d *digests) reset() {
	d.md5Hash.Reset()
	d.sha256Hash.Reset()
}

// md5 is the MD5 in hex.
func (d *digests) md5() string { return hex.EncodeToString(d.md5Hash.Sum(nil)) }

// sha256 is the SHA-256 in hex.
func (d *digests) sha256() string { return hex.EncodeToString(d.sha256Hash.Sum(nil)) }
