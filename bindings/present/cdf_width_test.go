package present

import (
	"bytes"
	"strings"
	"testing"

	"imapsh/runtime/termtext"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

// TestCDFFitsTheScreen holds that no line of a listing is wider than the screen, whichever rows have the widest cells.
func TestCDFFitsTheScreen(t *testing.T) {
	variable := func(name, unit string) cdftest.Variable {
		return cdftest.Variable{Name: name, Type: int(cdf.Double), Records: 1, Values: make([]byte, 8), Attributes: []cdftest.Attribute{
			cdftest.TextAttribute("UNITS", unit), cdftest.TextAttribute("CATDESC", strings.Repeat("description ", 20)),
		}}
	}
	b := cdftest.File{Variables: []cdftest.Variable{variable("a_name_of_some_length_indeed", "s"), variable("b", "1/(cm^2 s sr keV) and more")}}.Encode()
	f, err := cdf.Open(t.Context(), bytes.NewReader(b), int64(len(b)), cdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const width = 110
	for line := range strings.Lines(CDF(f, "x.cdf", width)) {
		if got := termtext.Width(strings.TrimRight(line, "\n")); got > width {
			t.Errorf("%d columns on a screen of %d: %q", got, width, line)
		}
	}
}
