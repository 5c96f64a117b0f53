package naming

import "testing"

func TestParseIntervals(t *testing.T) {
	for _, c := range []struct {
		name  string
		parse func(string) (int, error)
		text  string
		want  int
		err   string
	}{
		{"number", ParseRepointing, "5", 5, ""},
		{"zero", ParseRepointing, "0", 0, ""},
		{"number with zeros", ParseRepointing, "00012", 12, ""},
		{"as in a name", ParseRepointing, "repoint00012", 12, ""},
		{"last", ParseRepointing, "99999", 99999, ""},
		{"rotation", ParseCR, "2250", 2250, ""},
		{"rotation as in a name", ParseCR, "cr02250", 2250, ""},
		{"six digits", ParseRepointing, "100000", 0, `repointing "100000": must be a number from 0 to 99999, or repointNNNNN with five digits`},
		{"four digits after the mark", ParseRepointing, "repoint0012", 0, `repointing "repoint0012": must be a number from 0 to 99999, or repointNNNNN with five digits`},
		{"the other's mark", ParseRepointing, "cr00012", 0, `repointing "cr00012": must be a number from 0 to 99999, or repointNNNNN with five digits`},
		{"below zero", ParseCR, "-1", 0, `cr "-1": must be a number from 0 to 99999, or crNNNNN with five digits`},
		{"nothing", ParseCR, "", 0, `cr "": must be a number from 0 to 99999, or crNNNNN with five digits`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.parse(c.text)
			if c.err != "" {
				if err == nil || err.Error() != c.err {
					t.Errorf("error %v\nwant  %s", err, c.err)
				}
			} else if err != nil || got != c.want {
				t.Errorf("%d %v, want %d", got, err, c.want)
			}
		})
	}
}
