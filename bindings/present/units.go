package present

import (
	"fmt"
	"strconv"

	"github.com/dustin/go-humanize"
)

// Counted is a number of things.
func Counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

// Size is a number of bytes for people, in powers of ten.
func Size(bytes int64) string { return humanize.Bytes(uint64(max(bytes, 0))) }

// Duration is a number of seconds for people.
func Duration(seconds float64) string {
	switch {
	case seconds < 0.1:
		return fmt.Sprintf("%.0f ms", max(1, 1000*seconds))
	case seconds < 10:
		return fmt.Sprintf("%.1f s", seconds)
	case seconds < 100:
		return fmt.Sprintf("%.0f s", seconds)
	case seconds < 6000:
		return fmt.Sprintf("%.0f min", seconds/60)
	}
	return fmt.Sprintf("%.1f h", seconds/3600)
}
