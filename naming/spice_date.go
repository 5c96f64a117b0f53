package naming

import "time"

// spiceDate is a date as it stands in a SPICE name: in the form YYYYMMDD, YYMMDD,
// YYYY_DDD or YYYY.
type spiceDate struct{ text, form string }

// read takes the date at the beginning of a string and returns its length, or 0 where
// there is none. It does not check that the day exists; day does.
func (d *spiceDate) read(text, form string) int {
	if len(text) < len(form) {
		return 0
	}
	text = text[:len(form)]
	for i := range len(form) {
		fits := isDigit(text[i])
		if form[i] == '_' {
			fits = text[i] == '_'
		}
		if !fits {
			return 0
		}
	}
	*d = spiceDate{text, form}
	return len(form)
}

// day is the date as YYYYMMDD, or empty when the name has none. It adds a fault
// when it is no day.
func (d spiceDate) day(part string, fs *faults) string {
	day := d.text
	switch d.form {
	case "":
		return ""
	case "YYYY":
		day += "0101"
	case "YYYY_DDD":
		day = dayOfYear(d.text)
	case "YYMMDD":
		century := "20"
		if d.text >= "69" {
			century = "19"
		}
		day = century + day
	}
	if day == "" {
		fs.add(part, d.text, "must be a day of the calendar as "+d.form+": days are 001 to 366")
		return ""
	}
	year, month, number, _ := splitDay(day)
	if missing := MissingDay(year, month, number); missing != "" {
		fs.add(part, d.text, "must be a day of the calendar as "+d.form+": "+missing)
	}
	return day
}

// dayOfYear turns YYYY_DDD into YYYYMMDD, or into "" for no day of any year. Day
// 366 of a common year is 1 January of the next.
func dayOfYear(text string) string {
	year, _ := digits(text[:4])
	day, _ := digits(text[5:])
	if day < 1 || day > 366 {
		return ""
	}
	return time.Date(year, time.January, day, 0, 0, 0, 0, time.UTC).Format("20060102")
}
