package present

import (
	"fmt"
	"strings"

	"imapsh/runtime/termtext"
	"imapsh/sdc/cdf/istp"
)

// Findings prints what a check found. Variables of which the same is found share a line.
func Findings(findings []istp.Finding) string {
	type same struct{ level, rule, found, right string }
	variables := map[same][]string{}
	var order []same
	for _, f := range findings {
		key := same{string(f.Level), f.Rule, f.Found, f.Right}
		if _, known := variables[key]; !known {
			order = append(order, key)
		}
		variables[key] = append(variables[key], f.Variable)
	}
	var out strings.Builder
	for _, f := range order {
		where := strings.Join(variables[f], ", ")
		if n := len(variables[f]); n > 5 {
			where = fmt.Sprintf("%s and %d more", strings.Join(variables[f][:4], ", "), n-4)
		}
		if where != "" {
			where += ": "
		}
		fmt.Fprintf(&out, "  %-7s  %s\n", f.level, termtext.EscapeLine(where+f.rule+": "+f.found))
		fmt.Fprintf(&out, "           right: %s\n", termtext.EscapeLine(f.right))
	}
	return out.String()
}

// FindingCount says how many errors and warnings there are.
func FindingCount(findings []istp.Finding) string {
	errors := 0
	for _, f := range findings {
		if f.Level == istp.Error {
			errors++
		}
	}
	if len(findings) == 0 {
		return "nothing found"
	}
	return count(errors, "error") + ", " + count(len(findings)-errors, "warning")
}
