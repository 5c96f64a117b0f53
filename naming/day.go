package naming

// realDay reports whether s is a day of the calendar as YYYYMMDD.
func realDay(s string) bool {
	if len(s) != 8 {
		return false
	}
	year, ok := digits(s[:4])
	month, okMonth := digits(s[4:6])
	day, okDay := digits(s[6:])
	if !ok || !okMonth || !okDay || year < 1 || month < 1 || month > 12 {
		return false
	}
	return day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
