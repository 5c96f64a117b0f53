package bindings_test

import (
	"path/filepath"
	"strings"
	"testing"

	"imapsh/sdc"
)

const magDay = "imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf"

// TestCDF reads a file of the archive's, which is fetched.
func TestCDF(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key"})
	for _, c := range []struct{ code, want string }{
		{"const f = open('" + magDay + "'); String(f).endsWith('" + magDay + "')", "true"},
		{"f.attrs.Logical_source", "imap_mag_l2_norm-dsrf"},
		{"f.variables.map(v => v.name).includes('b_dsrf')", "true"},
		{"const all = f.get('b_dsrf'); all.data.constructor.name", "Float32Array"},
		{"all.shape[1]", "3"},
		{"all.data.length === all.shape[0] * 3 && all.times.length === all.shape[0]", "true"},
		{"all.data === all.data && all.times === all.times", "true"},
		{"all.attrs.UNITS + all.units", "nTnT"},
		{"const hour = f.get('b_dsrf', {from: '2026-01-05T06:00', to: '07:00'}); hour.times.every(x => x >= '2026-01-05T06' && x < '2026-01-05T07')", "true"},
		{"hour.shape[0] > 50 && hour.shape[0] < 61", "true"},
		{"hour.data[0] === all.data[3 * all.times.indexOf(hour.times[0])]", "true"},
		{"f.get('b_dsrf', {from: new Date('2026-01-05T06:00Z'), to: '2026-01-05T07:00'}).shape[0] === hour.shape[0]", "true"},
		{"f.get('b_dsrf', {to: '2026-01-05'}).shape[0] === all.shape[0]", "true"},
		{"f.get('b_dsrf', {from: '2026-01-06'}).shape[0]", "0"},
		{"f.get('b_dsrf', {fill: 'nan'}).data.filter(x => Number.isNaN(x)).length === all.data.filter(x => x === Math.fround(-1e31)).length", "true"},
		{"f.get('epoch').data.constructor.name", "BigInt64Array"},
		{"f.times('epoch')[0] === all.times[0] && f.times()[0] === f.times('b_dsrf')[0]", "true"},
		{"f.times('epoch', {as: 'tt2000'})[0] === f.get('epoch').data[0]", "true"},
		{"f.times('epoch', {as: 'date'})[0].toISOString().slice(0, 19) === all.times[0].slice(0, 19)", "true"},
		{"Array.isArray(f.get('b_dsrf_label').data)", "true"},
		{"f.get('b_dsrf_label').times", "null"},
		{"f.check().length", "0"},
		{"hour.toCSV().split('\\n')[0]", "time,b_dsrf[0],b_dsrf[1],b_dsrf[2]"},
		{"hour.toCSV().split('\\n').length === hour.shape[0] + 2", "true"},
		{"open(f.path).path === f.path", "true"},
		{"open(query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260105'})[0]).path === f.path", "true"},
	} {
		value, err := w.Eval(t.Context(), "code", c.code)
		if err != nil || value.String() != c.want {
			t.Errorf("%s: %v (%v), want %s", c.code, value, err, c.want)
		}
	}
	for code, want := range map[string]string{
		"f.get('b_dsr')":                                       `get: unknown variable "b_dsr"; did you mean "b_dsrf"?`,
		"f.get('b_dsrf', {form: '2026-01-05'})":                `unknown option "form"; did you mean "from"?`,
		"f.get('b_dsrf', {from: 'noon'})":                      `get: from: "noon" is no time`,
		"f.get('b_dsrf', {to: '07:00'})":                       `"07:00" is a time of day, and from names no day`,
		"f.get('b_dsrf', {fill: 'zero'})":                      `"zero"`,
		"f.get('epoch', {fill: 'nan'})":                        "more digits than a number",
		"f.get('b_dsrf_label', {from: '2026-01-05'})":          "b_dsrf_label has no times",
		"f.times('epoch', {as: 'julian'})":                     `"julian"`,
		"open('what.cdf')":                                     "what.cdf: there is no such file, and ",
		"open('imap_mag_l2_norm-dsrf_20300105_v001.0001.cdf')": "404",
		"open(['a', 'b'])":                                     "open: takes one file",
		"f.atrs":                                               "did you mean",
	} {
		if _, err := w.Eval(t.Context(), "code", code); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
	w.out.Reset()
	if _, err := w.Eval(t.Context(), "code", "f.table('b_dsrf', {rows: 2})"); err != nil || strings.Count(w.out.String(), "\n") != 4 || !strings.Contains(w.out.String(), "more records") {
		t.Errorf("%q (%v)", w.out.String(), err)
	}
}

// TestSeries reads one variable over several days.
func TestSeries(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key"})
	for _, c := range []struct{ code, want string }{
		{"const files = query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260107'}); const s = files.series('b_dsrf'); s.length", "3"},
		{"let n = 0; for (const c of s) n += c.shape[0]; n === s.data().shape[0] && n === s.data().times.length && 3 * n === s.data().data.length", "true"},
		{"const times = s.data().times; times.every((x, i) => i === 0 || x > times[i - 1])", "true"},
		{"s[1].file < s[2].file && s[0].gap === 0 && s[0].overlap === 0", "true"},
		{"s[2].data === s[2].data", "true"},
		{"files.series('b_dsrf', {from: '2026-01-06T12:00', to: '2026-01-07T06:00'}).data().times.every(x => x >= '2026-01-06T12' && x < '2026-01-07T06')", "true"},
		{"s.toCSV().split('\\n').length === n + 2", "true"},
		{"const twice = query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260105'}); twice.push(twice[0]); twice.series('b_dsrf').length", "1"},
	} {
		value, err := w.Eval(t.Context(), "code", c.code)
		if err != nil || value.String() != c.want {
			t.Errorf("%s: %v (%v), want %s", c.code, value, err, c.want)
		}
	}
	for code, want := range map[string]string{
		"files.series('b_dsr')[0].data":                                         `unknown variable "b_dsr"; did you mean "b_dsrf"?`,
		"query({instrument: 'mag', data_level: 'l2'}).series('b_dsrf')":         "files of several products",
		"query({instrument: 'mag', data_level: 'l0'}).series('b_dsrf')":         "is not a CDF",
		"files.series('b_dsrf', {to: 'noon'})":                                  `series: to: "noon" is no time`,
		"query({instrument: 'mag', start_date: '20300101'}).series('b').data()": "the series has no files",
	} {
		if _, err := w.Eval(t.Context(), "code", code); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
	w.out.Reset()
	if _, err := w.Eval(t.Context(), "code", "s.table()"); err != nil || strings.Count(w.out.String(), "\n") != 4 || !strings.Contains(w.out.String(), filepath.Base(magDay)) {
		t.Errorf("%q (%v)", w.out.String(), err)
	}
}
