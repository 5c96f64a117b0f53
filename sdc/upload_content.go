package sdc

import (
	"context"
	"fmt"
	"path"

	"imapsh/naming"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/istp"
)

// checkSource checks the content of a CDF that is to be sent, and warns of what it
// finds. A strict check refuses a file with errors, and one that cannot be read.
func (c *Client) checkSource(ctx context.Context, s *source, named naming.FilePath, strict bool) error {
	name := named.Filename()
	if path.Ext(name) != ".cdf" {
		return nil
	}
	var findings []istp.Finding
	f, err := cdf.Open(ctx, s.File, s.size, cdf.Options{})
	if err == nil {
		findings, err = CheckOpenProduct(ctx, f, name)
	}
	what := ""
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		what = err.Error()
	case len(findings) > 0:
		what = found(findings)
	default:
		return nil
	}
	if strict && (err != nil || istp.HasErrors(findings)) {
		return withReason(ContentRefused, invalidf("%s: refused by the strict check: %s", name, what))
	}
	c.log.Warn("the content is not all that the guidelines want: "+what, "file", name)
	return nil
}

// found counts findings, and says the first of them.
func found(findings []istp.Finding) string {
	failed := 0
	for _, f := range findings {
		if f.Level == istp.Error {
			failed++
		}
	}
	first := findings[0]
	where := ""
	if first.Variable != "" {
		where = first.Variable + ": "
	}
	return fmt.Sprintf("%d errors, %d warnings, first %s%s: %s", failed, len(findings)-failed, where, first.Rule, first.Found)
}
