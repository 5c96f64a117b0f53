package naming

import "strconv"

// digits reads a number of at most nine ASCII digits, and nothing else.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 || leadingDigits(s) < len(s) {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// leadingDigits counts the ASCII digits that s begins with.
func leadingDigits(s string) int {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return i
		}
	}
	return len(s)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// appendPadded appends a number with zeros before it up to a width.
func appendPadded(b []byte, n, width int) []byte {
	var room [20]byte
	number := strconv.AppendInt(room[:0], int64(n), 10)
	for range width - len(number) {
		b = append(b, '0')
	}
	return append(b, number...)
}
