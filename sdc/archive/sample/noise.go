package sample

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// noise is a stream of pseudo-random numbers that a string alone decides. It uses
// the generator itself and none of rand.Rand's methods, whose way from random
// bits to numbers is not specified.
type noise struct{ source *rand.PCG }

// noiseFrom seeds a stream with the SHA-256 digest of a string.
func noiseFrom(text string) noise {
	digest := sha256.Sum256([]byte(text))
	return noise{rand.NewPCG(binary.BigEndian.Uint64(digest[:8]), binary.BigEndian.Uint64(digest[8:16]))}
}

// below is a number from 0 to limit-1. The bias of the remainder is of no matter here.
func (n noise) below(limit int) int {
	return int(n.source.Uint64() % uint64(limit))
}

// about is a number from -reach to reach.
func (n noise) about(reach int) int {
	return n.below(2*reach+1) - reach
}

// appendBytes adds count random bytes to b.
func (n noise) appendBytes(b []byte, count int) []byte {
	for ; count >= 8; count -= 8 {
		b = binary.BigEndian.AppendUint64(b, n.source.Uint64())
	}
	rest := binary.BigEndian.AppendUint64(nil, n.source.Uint64())
	return append(b, rest[:count]...)
}

// walk is a quantity that wanders about zero and is drawn back to it.
type walk struct{ at int }

// step moves the walk by at most stride and a little towards zero.
func (w *walk) step(n noise, stride int) int {
	w.at += n.about(stride) - w.at/64
	return w.at
}
