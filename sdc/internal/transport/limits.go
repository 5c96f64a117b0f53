package transport

import "golang.org/x/time/rate"

// RequestLimit is a limiter of requests a second, spread evenly; nil for 0, which is no limit.
func RequestLimit(perSecond float64) *rate.Limiter {
	if perSecond <= 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(perSecond), 1)
}

// The bytes that pass a byte limit at once: a tenth of a second's, within these bounds.
const (
	minChunk = 1 << 10
	maxChunk = 64 << 10
)

// ByteLimit is a limiter of bytes a second; nil for 0, which is no limit.
func ByteLimit(perSecond int64) *rate.Limiter {
	if perSecond <= 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(perSecond), int(min(max(perSecond/10, minChunk), maxChunk)))
}
