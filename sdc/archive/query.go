package archive

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// selection is a query that was understood: which rows of a table.
type selection struct {
	table  table
	where  []string // conditions, joined by AND
	args   []any
	rank   ranking
	prefix string // that the paths of all the rows have
}

// badQuery is why a query is not understood; /query answers 400 with its text.
type badQuery string

func (e badQuery) Error() string { return string(e) }

// maxParameters is how many parameters a query string may have.
const maxParameters = 100

// parameter is one part of a query string.
type parameter struct{ name, value string }

// parseParameters reads a query string in its order. Of a parameter that is
// there twice the last holds, at the place of the first, as behind AWS's API
// Gateway.
func parseParameters(rawQuery string) ([]parameter, error) {
	if n := strings.Count(rawQuery, "&") + 1; n > maxParameters {
		return nil, badQuery(fmt.Sprintf("%d query parameters are too many: at most %d", n, maxParameters))
	}
	var list []parameter
	for part := range strings.SplitSeq(rawQuery, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, errName := url.QueryUnescape(name)
		value, errValue := url.QueryUnescape(value)
		if errName != nil || errValue != nil {
			return nil, badQuery(fmt.Sprintf("the query string holds a broken escape: %q", part))
		}
		list = set(list, name, value)
	}
	return list, nil
}

// set gives a parameter its value, in its place or at the end.
func set(list []parameter, name, value string) []parameter {
	for i := range list {
		if list[i].name == name {
			list[i].value = value
			return list
		}
	}
	return append(list, parameter{name, value})
}

// take removes a parameter and gives its value.
func take(list []parameter, name string) ([]parameter, string, bool) {
	for i, p := range list {
		if p.name == name {
			return append(list[:i:i], list[i+1:]...), p.value, true
		}
	}
	return list, "", false
}

// parseQuery understands a query string as the real server does. Its error is
// a badQuery. An anonymous caller gets the released rows alone; a hidden one
// does not take part in finding the newest version either.
func parseQuery(rawQuery string, anonymous bool) (selection, error) {
	list, err := parseParameters(rawQuery)
	if err != nil {
		return selection{}, err
	}
	list, name, given := take(list, "table")
	if !given {
		name = science.name
	}
	t, found := findTable(name)
	if !found {
		var names []string
		for _, t := range tables() {
			names = append(names, t.name)
		}
		return selection{}, badQuery(fmt.Sprintf("%s is not a table of this server. Valid tables are: %s", name, quoteList(names)))
	}
	s := selection{table: t, prefix: t.directory}
	if t.name == science.name {
		if list, err = s.versions(list); err != nil {
			return selection{}, err
		}
	}
	for _, p := range list {
		if err := s.filter(p); err != nil {
			return selection{}, err
		}
	}
	for _, level := range t.levels {
		_, value, given := take(list, level)
		if !given {
			break
		}
		s.prefix += value + "/"
	}
	if anonymous {
		s.add("released")
	}
	return s, nil
}

// versions reads the parameters of the science table that choose versions.
func (s *selection) versions(list []parameter) ([]parameter, error) {
	list, version, given := take(list, "version")
	if given {
		major, minor, ok := parseVersionFilter(version)
		if !ok {
			return nil, badQuery("Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'.")
		}
		if major != "" {
			list = set(list, "major_version", major)
		}
		list = set(list, "minor_version", minor)
	}
	list, latest, _ := take(list, "latest")
	_, _, exact := take(list, "major_version")
	switch {
	case exact:
	case strings.EqualFold(latest, "true"):
		s.rank = rankNewest
	default:
		s.rank = rankLatestMajor
	}
	return list, nil
}

// parseVersionFilter reads vMMM.mmmm as both numbers and vNNN as the minor one.
// The v and leading zeros may be left out, as on the real server.
func parseVersionFilter(s string) (major, minor string, ok bool) {
	minor = strings.TrimLeft(s, "vV")
	if first, second, both := strings.Cut(minor, "."); both {
		major, minor = first, second
		if !isNumber(major) {
			return "", "", false
		}
	}
	return major, minor, isNumber(minor)
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 31)
	return err == nil
}

// add requires one more condition.
func (s *selection) add(condition string, args ...any) {
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

// filter requires what a parameter asks for.
func (s *selection) filter(p parameter) error {
	switch p.name {
	case "start_date", "end_date", "ingestion_start_date", "ingestion_end_date":
		day, err := time.Parse("20060102", p.value)
		if err != nil {
			return badQuery(fmt.Sprintf("Invalid '%s' value %q. Use a day as YYYYMMDD, such as 20260131.", p.name, p.value))
		}
		switch p.name {
		case "start_date":
			s.add("start_date >= ?", p.value)
		case "end_date": // also where the table has such a column
			s.add("start_date <= ?", p.value)
		case "ingestion_start_date":
			s.add("ingestion_date >= ?", p.value)
		case "ingestion_end_date":
			s.add("ingestion_date < ?", day.AddDate(0, 0, 1).Format("20060102"))
		}
		return nil
	}
	c, found := s.table.column(p.name)
	if !found {
		return badQuery(fmt.Sprintf("%s is not a valid query parameter for %s table. Valid query parameters are: %s",
			p.name, s.table.name, quoteList(s.table.parameters())))
	}
	value, err := c.parse(p.value)
	if err != nil {
		return badQuery(fmt.Sprintf("Invalid '%s' value %q. %s", p.name, p.value, err))
	}
	s.add(c.name+" = ?", value)
	return nil
}

// parse reads a value that a column is to be equal to.
func (c column) parse(value string) (any, error) {
	switch c.kind {
	case integer:
		n, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return nil, badQuery("Use an integer.")
		}
		return n, nil
	case boolean:
		b, err := strconv.ParseBool(strings.ToLower(value))
		if err != nil {
			return nil, badQuery("Use true or false.")
		}
		return b, nil
	case instant:
		for _, layout := range []string{instantLayout, "2006-01-02 15:04:05", time.RFC3339} {
			if t, err := time.Parse(layout, value); err == nil {
				return t.UTC().Format(instantLayout), nil
			}
		}
		return nil, badQuery("Use a time in UTC as YYYYMMDD HH:MM:SS.")
	}
	return value, nil
}
