package sample

import (
	"fmt"
	"slices"
	"strings"

	"imapsh/naming"
)

// column is a column of a calibration table. Its value in row i is
// base + growth*i and at most spread more, in units of the last decimal place.
type column struct {
	name                 string
	base, growth, spread int
	decimals             int
}

// tableKind is a table that the ancillary files with a word in their descriptor hold.
type tableKind struct {
	word    string
	rows    int
	columns []column
}

// tableKinds is the table of tables; nothing changes it. The first that fits
// counts; the last fits every descriptor.
var tableKinds = []tableKind{
	{"matrices", 4, []column{
		{name: "range", growth: 1},
		{"m11", 9_950, 0, 100, 4}, {"m12", -50, 0, 100, 4}, {"m13", -50, 0, 100, 4},
		{"m21", -50, 0, 100, 4}, {"m22", 9_950, 0, 100, 4}, {"m23", -50, 0, 100, 4},
		{"m31", -50, 0, 100, 4}, {"m32", -50, 0, 100, 4}, {"m33", 9_950, 0, 100, 4},
	}},
	{"offsets", 4, []column{
		{name: "range", growth: 1},
		{"offset_x_nt", -800, 0, 1_600, 3}, {"offset_y_nt", -800, 0, 1_600, 3}, {"offset_z_nt", -800, 0, 1_600, 3},
	}},
	{"efficienc", 64, []column{
		{name: "energy_step", growth: 1},
		{"energy_kev", 50, 120, 20, 2}, {"efficiency", 150, 9, 40, 4}, {"uncertainty", 5, 0, 10, 4},
	}},
	{"gf", 32, geometricFactors},
	{"geometric", 32, geometricFactors},
	{"energ", 10, []column{
		{name: "esa_step", base: 1, growth: 1},
		{"nominal_central_energy_kev", 500, 1_450, 30, 3}, {"bandpass_fwhm_kev", 250, 720, 20, 3},
	}},
	{"esa", 48, []column{
		{name: "esa_step", growth: 1},
		{"esa_v", 560, 2_150, 9, 3}, {"energy_ev", 2_660, 10_200, 40, 3},
	}},
	{"bad-times", 12, []column{
		{name: "repointing", base: firstRepointing, growth: 1},
		{"esa_step", 1, 0, 6, 0}, {"first_spin_bin", 0, 0, 30, 0}, {"last_spin_bin", 31, 0, 28, 0},
	}},
	{"map-of", 20, []column{
		{"ecliptic_longitude_deg", 0, 1_800, 1_700, 2}, {"ecliptic_latitude_deg", -9_000, 900, 800, 2}, {"radius_deg", 50, 0, 250, 2},
	}},
	{"", 16, []column{
		{name: "index", growth: 1},
		{"value", 1_000, 25, 50, 4}, {"uncertainty", 5, 0, 20, 4},
	}},
}

// geometricFactors go by two words; nothing changes them.
var geometricFactors = []column{
	{name: "esa_step", growth: 1},
	{"geometric_factor_cm2_sr", 2_100, 35, 90, 6}, {"uncertainty", 20, 0, 60, 6},
}

// table is a table of numbers as text.
type table struct {
	columns []string
	rows    [][]string
}

// tableOf makes the table of an ancillary file with a descriptor.
func tableOf(descriptor string, n noise) table {
	i := slices.IndexFunc(tableKinds, func(k tableKind) bool { return strings.Contains(descriptor, k.word) })
	kind := tableKinds[i]
	var t table
	for _, c := range kind.columns {
		t.columns = append(t.columns, c.name)
	}
	for i := range kind.rows {
		var row []string
		for _, c := range kind.columns {
			row = append(row, fixedPoint(c.base+c.growth*i+n.below(c.spread+1), c.decimals))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// fixedPoint writes units of the last decimal place as a decimal number.
func fixedPoint(units, decimals int) string {
	if decimals == 0 {
		return fmt.Sprint(units)
	}
	sign := ""
	if units < 0 {
		sign, units = "-", -units
	}
	one := 1
	for range decimals {
		one *= 10
	}
	return fmt.Sprintf("%s%d.%0*d", sign, units/one, decimals, units%one)
}

// csv is the table with its column names in the first line.
func (t table) csv() []byte {
	var b strings.Builder
	b.WriteString(strings.Join(t.columns, ",") + "\n")
	for _, row := range t.rows {
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	return []byte(b.String())
}

// dat is the table in aligned columns, their names in comments.
func (t table) dat() []byte {
	var b strings.Builder
	b.WriteString("# made-up values of the sample archive of imapsh\n")
	b.WriteString("# " + strings.Join(t.columns, " ") + "\n")
	for _, row := range t.rows {
		for _, value := range row {
			fmt.Fprintf(&b, "%12s", value)
		}
		b.WriteString("\n")
	}
	return []byte(b.String())
}

// json is an object with the file's validity and the columns as arrays. It is
// written by hand so that its bytes do not hang on an encoder.
func (t table) json(v naming.Validity) []byte {
	end := "null"
	if v.EndDate != "" {
		end = fmt.Sprintf("%q", v.EndDate)
	}
	var b strings.Builder
	b.WriteString("{\n")
	b.WriteString("  \"description\": \"Made-up values of the sample archive of imapsh.\",\n")
	fmt.Fprintf(&b, "  \"instrument\": %q,\n", v.Instrument)
	fmt.Fprintf(&b, "  \"descriptor\": %q,\n", v.Descriptor)
	fmt.Fprintf(&b, "  \"version\": %q,\n", v.Version)
	fmt.Fprintf(&b, "  \"start_date\": %q,\n", v.StartDate)
	fmt.Fprintf(&b, "  \"end_date\": %s,\n", end)
	b.WriteString("  \"parameters\": {\n")
	for i, name := range t.columns {
		var column []string
		for _, row := range t.rows {
			column = append(column, row[i])
		}
		comma := ","
		if i == len(t.columns)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "    %q: [%s]%s\n", name, strings.Join(column, ", "), comma)
	}
	b.WriteString("  }\n}\n")
	return []byte(b.String())
}
