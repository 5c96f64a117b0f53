package main

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// byteCount is a flag's number of bytes, as curl reads it: 500000, 500k, 2M, 1G.
type byteCount int64

func (c *byteCount) Type() string   { return "BYTES" }
func (c *byteCount) String() string { return strconv.FormatInt(int64(*c), 10) }

// Set reads it.
func (c *byteCount) Set(text string) error {
	number, unit := text, 1.0
	if n := len(number); n > 0 {
		if power := strings.IndexByte("kmgt", number[n-1]|0x20); power >= 0 {
			number, unit = number[:n-1], math.Pow(1024, float64(power+1))
		}
	}
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || !(value*unit >= 1 && value*unit < 1<<62) {
		return errors.New("must be a number of bytes, such as 500k or 2M (k, M and G are powers of 1024)")
	}
	*c = byteCount(value * unit)
	return nil
}

// byteRate is a flag's number of bytes a second: 500k, 2M/s.
type byteRate struct{ byteCount }

// Type is the unit, as the help shows it.
func (r *byteRate) Type() string { return "BYTES/s" }

// Set reads it.
func (r *byteRate) Set(text string) error { return r.byteCount.Set(strings.TrimSuffix(text, "/s")) }

// requestRate is a flag's number of requests a second: 5, 0.5, 5/s.
type requestRate float64

func (r *requestRate) Type() string   { return "N/s" }
func (r *requestRate) String() string { return strconv.FormatFloat(float64(*r), 'g', -1, 64) }

// Set reads it.
func (r *requestRate) Set(text string) error {
	value, err := strconv.ParseFloat(strings.TrimSuffix(text, "/s"), 64)
	if err != nil || !(value > 0) || math.IsInf(value, 0) {
		return errors.New("must be a number of requests a second above 0, such as 5 or 0.5")
	}
	*r = requestRate(value)
	return nil
}
