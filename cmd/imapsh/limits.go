package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// byteRate is a flag's number of bytes a second, as curl reads it: 500000, 500k, 2M, 1G.
type byteRate int64

func (r *byteRate) Type() string   { return "BYTES/s" }
func (r *byteRate) String() string { return strconv.FormatInt(int64(*r), 10) }

func (r *byteRate) Set(text string) error {
	number, unit := strings.TrimSuffix(text, "/s"), 1.0
	if n := len(number); n > 0 {
		if power := strings.IndexByte("kmgt", number[n-1]|0x20); power >= 0 {
			number, unit = number[:n-1], math.Pow(1024, float64(power+1))
		}
	}
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || !(value*unit >= 1 && value*unit < 1<<62) {
		return fmt.Errorf("%q: must be a number of bytes a second, such as 500k or 2M (k, M and G are powers of 1024)", text)
	}
	*r = byteRate(value * unit)
	return nil
}

// requestRate is a flag's number of requests a second: 5, 0.5, 5/s.
type requestRate float64

func (r *requestRate) Type() string   { return "N/s" }
func (r *requestRate) String() string { return strconv.FormatFloat(float64(*r), 'g', -1, 64) }

func (r *requestRate) Set(text string) error {
	value, err := strconv.ParseFloat(strings.TrimSuffix(text, "/s"), 64)
	if err != nil || !(value > 0) || math.IsInf(value, 0) {
		return fmt.Errorf("%q: must be a number of requests a second above 0, such as 5 or 0.5", text)
	}
	*r = requestRate(value)
	return nil
}
