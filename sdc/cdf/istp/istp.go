// Package istp checks CDFs against the guidelines of the International Solar-Terrestrial
// Physics programme, as NASA's Space Physics Data Facility keeps them
// (https://spdf.gsfc.nasa.gov/istp_guide/istp_guide.html): what SKTEditor looks for.
//
// A finding is an error where software that relies on the guidelines goes wrong: a name
// that leads nowhere, sizes that do not fit, times that run back. It is a warning where
// something is only missing or unusual. What many good files leave out is said once for
// the file, not once for each variable.
package istp

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"imapsh/sdc/cdf"
)

// Level is how grave a finding is.
type Level string

// The levels.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Finding is something in a file that is not as the guidelines want it.
type Finding struct {
	// Rule names what was looked at: an attribute ("UNITS"), or in small letters a rule
	// about something else ("file-name").
	Rule  string `json:"rule"`
	Level Level  `json:"level"`
	// Variable is empty for what concerns the file.
	Variable string `json:"variable,omitempty"`
	// Found is what is there, and Right what would be right.
	Found string `json:"found"`
	Right string `json:"right"`
}

// String gives a finding on one line.
func (f Finding) String() string {
	where := ""
	if f.Variable != "" {
		where = f.Variable + ": "
	}
	return fmt.Sprintf("%s: %s%s: %s (right: %s)", f.Level, where, f.Rule, f.Found, f.Right)
}

// HasErrors reports whether a finding is an error.
func HasErrors(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Level == Error })
}

// Check checks a file, whose name without directories is name. It reads the values of
// the times and of the data, block by block. Findings come with errors first, then in
// the file's order. The error is about reading: a file that is damaged has no findings.
func Check(ctx context.Context, f *cdf.File, name string) ([]Finding, error) {
	c := &checker{f: f}
	c.globals(name)
	for _, v := range f.Variables {
		c.variable(v)
	}
	c.conversions()
	if err := c.values(ctx, name); err != nil {
		return nil, err
	}
	for _, w := range f.Warnings {
		c.warn("", "file", w, "a file that agrees with itself and with this program's tables")
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int { return cmp.Compare(a.Level, b.Level) })
	return c.findings, nil
}

// checker collects findings.
type checker struct {
	f        *cdf.File
	findings []Finding
}

func (c *checker) add(level Level, variable, rule, found, right string) {
	c.findings = append(c.findings, Finding{Rule: rule, Level: level, Variable: variable, Found: found, Right: right})
}

func (c *checker) fail(variable, rule, found, right string) {
	c.add(Error, variable, rule, found, right)
}

func (c *checker) warn(variable, rule, found, right string) {
	c.add(Warning, variable, rule, found, right)
}
