package sdc

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/naming"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/istp"
)

// CheckProduct checks a CDF of this machine: against the ISTP guidelines, as package
// istp does, and its content against its name by the archive's conventions. Of a SPICE kernel it
// looks whether its content is of the kind that its name says. The error is
// about reading; a file that is no CDF, or a damaged one, has no findings.
func CheckProduct(ctx context.Context, path string, options cdf.Options) ([]istp.Finding, error) {
	if isKernel(path) {
		return checkKernel(path)
	}
	f, err := cdf.OpenFile(ctx, path, options)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return CheckOpenProduct(ctx, f, filepath.Base(path))
}

// CheckOpenProduct checks an open CDF, whose file has a name, as CheckProduct does.
func CheckOpenProduct(ctx context.Context, f *cdf.File, name string) ([]istp.Finding, error) {
	findings, err := istp.Check(ctx, f, name)
	if err != nil {
		return nil, err
	}
	return append(checkProductName(f, name), findings...), nil
}

// checkProductName compares what a file says of itself with its name.
func checkProductName(f *cdf.File, name string) []istp.Finding {
	var found []istp.Finding
	add := func(rule, what, right string) {
		found = append(found, istp.Finding{Rule: rule, Level: istp.Error, Found: what, Right: right})
	}
	parsed, err := naming.Parse(name)
	if err != nil {
		add("file-name", err.Error(), "a name by the archive's conventions")
		return found
	}
	science, ok := parsed.(naming.ScienceFilePath)
	if !ok {
		return nil
	}
	p := science.Product
	if source := globalText(f, "Logical_source"); source != "" {
		says := strings.SplitN(strings.ToLower(source), "_", 4)
		want := []string{"imap", string(p.Instrument), string(p.DataLevel), strings.ToLower(p.Descriptor)}
		for i, part := range []string{"mission", "instrument", "data level", "descriptor"} {
			if i >= len(says) || says[i] != want[i] {
				add("Logical_source", fmt.Sprintf("it is %q; the %s of the name is %q", source, part, want[i]), strings.Join(want, "_"))
				break
			}
		}
	}
	if instrument, _, _ := strings.Cut(globalText(f, "Descriptor"), ">"); instrument != "" && !names(instrument, string(p.Instrument)) {
		add("Descriptor", fmt.Sprintf("it names the instrument %q", instrument), fmt.Sprintf("%q, as the name does", p.Instrument))
	}
	if level := strings.ToLower(globalText(f, "Data_level")); level != "" && strings.TrimPrefix(level, "l") != strings.TrimPrefix(string(p.DataLevel), "l") {
		add("Data_level", fmt.Sprintf("it is %q", level), fmt.Sprintf("%q, as in the name", p.DataLevel))
	}
	if dataType, _, _ := strings.Cut(globalText(f, "Data_type"), "_"); dataType != "" && !strings.EqualFold(dataType, string(p.DataLevel)) && isLevel(dataType) {
		add("Data_type", fmt.Sprintf("it is of level %q", dataType), fmt.Sprintf("%q, as in the name", p.DataLevel))
	}
	if day := globalText(f, "Start_date"); day != "" && p.StartDate != "" && day != p.StartDate {
		add("Start_date", fmt.Sprintf("it is %q", day), fmt.Sprintf("%q, as in the name", p.StartDate))
	}
	return found
}

// isLevel reports whether a word is a data level of the archive's.
func isLevel(s string) bool {
	return slices.Contains(naming.DataLevel("").Values(), strings.ToLower(s))
}

// names reports whether a file's word for an instrument, "IMAP-Hi" or "CoDICE", is the
// archive's.
func names(word, instrument string) bool {
	word = strings.ToLower(strings.TrimSpace(word))
	return word == instrument || strings.TrimPrefix(word, "imap-") == instrument || strings.TrimPrefix(word, "imap_") == instrument
}

// globalText is the first entry of a global attribute, as text.
func globalText(f *cdf.File, name string) string {
	a, ok := f.Attribute(name)
	if !ok || len(a.Entries) == 0 || a.Entries[0].Len() == 0 {
		return ""
	}
	return strings.TrimSpace(a.Entries[0].String(0))
}
