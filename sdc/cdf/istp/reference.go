package istp

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"imapsh/sdc/cdf"
)

// pointers are attributes whose value is the name of a variable; those that count
// dimensions are matched by dimensionPointer.
var pointers = []string{"UNIT_PTR", "FORM_PTR", "SCAL_PTR", "DELTA_PLUS_VAR", "DELTA_MINUS_VAR", "DERIV_VAR"}

// dimensionPointer is an attribute that describes a dimension: DEPEND_1, LABL_PTR_2.
var dimensionPointer = regexp.MustCompile(`^(DEPEND|LABL_PTR|DEPEND_DELTA)_(\d+)$`)

// references checks that names lead to variables of fitting size.
// The sizes of dimensions are not looked at where there is a surplus one.
func (c *checker) references(v *cdf.Variable, surplus bool) {
	for _, a := range v.Attributes {
		m := dimensionPointer.FindStringSubmatch(a.Name)
		if m == nil && !slices.Contains(pointers, a.Name) {
			continue
		}
		name := a.Text()
		if name == "" {
			continue
		}
		to, ok := c.f.Variable(name)
		if !ok {
			if m != nil || looksLikeName(name) {
				c.fail(v.Name, a.Name, fmt.Sprintf("it names %q, which does not exist", name), "the name of a variable of the file"+c.similar(name))
			}
			continue
		}
		if m == nil || surplus && m[2] != "0" {
			continue
		}
		dimension, err := strconv.Atoi(m[2])
		switch {
		case err != nil:
		case dimension == 0 && m[1] == "DEPEND":
			c.time(v, a.Name, to)
		case dimension > len(v.Dims):
			c.fail(v.Name, a.Name, fmt.Sprintf("the variable has %d dimensions", len(v.Dims)), "attributes for dimensions that it has")
		case dimension > 0:
			c.fits(v, a.Name, to, v.Dims[dimension-1], m[1] == "LABL_PTR")
		}
	}
}

// surplusDimension finds a first dimension of one value that the attributes do not
// count: DEPEND_1 has the size of the second dimension, DEPEND_2 that of the third.
func (c *checker) surplusDimension(v *cdf.Variable) bool {
	if len(v.Dims) < 2 || v.Dims[0] != 1 {
		return false
	}
	for i, size := range v.Dims[1:] {
		to, ok := c.f.Variable(v.Text(fmt.Sprintf("DEPEND_%d", i+1)))
		if !ok || !slices.Contains(to.Dims, size) {
			return false
		}
	}
	c.fail(v.Name, "dimension-unused", fmt.Sprintf("the first of %d dimensions has one value, and DEPEND_1 describes the second", len(v.Dims)),
		"the dimensions that DEPEND_i describe, and no other")
	return true
}

// looksLikeName reports whether a value can be meant as the name of a variable.
func looksLikeName(s string) bool { return !strings.ContainsAny(s, " \t,;()") }

// similar names a variable whose name differs by case only.
func (c *checker) similar(name string) string {
	for _, v := range c.f.Variables {
		if strings.EqualFold(v.Name, name) {
			return ": " + v.Name
		}
	}
	return ""
}

// time checks DEPEND_0.
func (c *checker) time(v *cdf.Variable, attribute string, to *cdf.Variable) {
	switch {
	case !to.Type.IsTime() && v.RecordVary && strings.EqualFold(v.Text("VAR_TYPE"), data):
		c.warn(v.Name, attribute, fmt.Sprintf("it names %s, whose values are %v", to.Name, to.Type), "a variable of times: TIME_TT2000, EPOCH or EPOCH16")
	case v.RecordVary && to.RecordVary && v.Records != to.Records && v.Records > 0:
		c.fail(v.Name, attribute, fmt.Sprintf("%d records, and %d of %s", v.Records, to.Records, to.Name), "a time for each record")
	}
}

// fits checks that a variable along a dimension has its size. It may have further
// dimensions.
func (c *checker) fits(v *cdf.Variable, attribute string, to *cdf.Variable, size int, label bool) {
	if !slices.Contains(to.Dims, size) && (len(to.Dims) > 0 || size != 1) {
		c.fail(v.Name, attribute, fmt.Sprintf("%s has %s, the dimension has %d values", to.Name, sizes(to), size), fmt.Sprintf("a variable of %d values", size))
	}
	if label && !to.Type.IsText() {
		c.fail(v.Name, attribute, fmt.Sprintf("the values of %s are %v", to.Name, to.Type), "a variable of text")
	}
}

// sizes says how many values a record has.
func sizes(v *cdf.Variable) string {
	if len(v.Dims) == 0 {
		return "one value"
	}
	list := make([]string, len(v.Dims))
	for i, n := range v.Dims {
		list[i] = strconv.Itoa(n)
	}
	return strings.Join(list, " × ") + " values"
}

// dimensions checks that every dimension is used and described.
func (c *checker) dimensions(v *cdf.Variable, kind string) {
	if v.IsZ {
		for i, varies := range v.DimVarys {
			if !varies && v.DimSizes[i] > 1 {
				c.warn(v.Name, "dimension-unused", fmt.Sprintf("values do not vary along dimension %d of %d", i+1, v.DimSizes[i]), "dimensions along which values vary")
			}
		}
	}
	if kind != data {
		return
	}
	if v.RecordVary && v.Text("DEPEND_0") == "" {
		c.fail(v.Name, "DEPEND_0", "the attribute is missing", "the variable of the records' times")
	}
	for i, n := range v.Dims {
		depend, label := fmt.Sprintf("DEPEND_%d", i+1), fmt.Sprintf("LABL_PTR_%d", i+1)
		if v.Text(depend) == "" && v.Text(label) == "" {
			c.warn(v.Name, depend, fmt.Sprintf("nothing describes dimension %d of %d values", i+1, n), "a variable of its values in "+depend+", or of labels in "+label)
		}
	}
}

// conversionForm is what SI_CONVERSION looks like: a factor and a unit.
var conversionForm = regexp.MustCompile(`^\s*([-+0-9.eEdD]*)\s*>\s*(\S.*)?$`)

// conversion checks the form of SI_CONVERSION.
func (c *checker) conversion(v *cdf.Variable) {
	s := v.Text("SI_CONVERSION")
	if s == "" {
		s = v.Text("SI_CONV")
	}
	if s == "" {
		return
	}
	m := conversionForm.FindStringSubmatch(s)
	if m == nil || m[1] != "" && !isNumber(m[1]) {
		c.warn(v.Name, "SI_CONVERSION", fmt.Sprintf("it is %q", s), "a factor and an SI unit: 1.0e-9>T")
	}
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(strings.NewReplacer("d", "e", "D", "e").Replace(s), 64)
	return err == nil
}

// conversions counts variables of data without SI_CONVERSION: one finding for all.
func (c *checker) conversions() {
	var without []string
	for _, v := range c.f.Variables {
		if strings.EqualFold(v.Text("VAR_TYPE"), data) && v.Text("UNITS") != "" && v.Text("SI_CONVERSION") == "" && v.Text("SI_CONV") == "" {
			without = append(without, v.Name)
		}
	}
	if len(without) > 0 {
		c.warn("", "SI_CONVERSION", "it is missing for data with units: "+listed(without), "a factor and an SI unit: 1.0e-9>T")
	}
}

// listed gives the first few of a list of names.
func listed(names []string) string {
	if len(names) > 4 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	return strings.Join(names, ", ")
}
