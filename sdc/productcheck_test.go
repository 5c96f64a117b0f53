package sdc_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"imapsh/sdc"
	"imapsh/sdc/cdf"
	"imapsh/sdc/cdf/cdftest"
)

func TestCheckProduct(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, want := range map[string]string{
		"imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf":  "",
		"imap_swe_l2_norm-dsrf_20260105_v001.0001.cdf":  "Logical_source, Descriptor",
		"imap_mag_l1b_norm-dsrf_20260105_v001.0001.cdf": "Logical_source, Data_level, Data_type",
		"imap_mag_l2_burst-dsrf_20260105_v001.0001.cdf": "Logical_source",
		"imap_mag_l2_norm-dsrf_20260106_v001.0001.cdf":  "Start_date",
		"what.cdf": "file-name",
	} {
		var attributes []cdftest.Attribute
		for _, a := range [][2]string{{"Logical_source", "imap_mag_l2_norm-dsrf"}, {"Descriptor", "IMAP-MAG>Magnetometer"}, {"Data_level", "2"}, {"Data_type", "L2_norm-dsrf>Level 2"}, {"Start_date", "20260105"}} {
			attributes = append(attributes, cdftest.TextAttribute(a[0], a[1]))
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, cdftest.File{Attributes: attributes}.Encode(), 0o600); err != nil {
			t.Fatal(err)
		}
		findings, err := sdc.CheckProduct(context.Background(), path, cdf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range findings {
			if !strings.Contains(f.Found, "missing") {
				got = append(got, f.Rule)
			}
		}
		if fmt.Sprint(strings.Join(got, ", ")) != want {
			t.Errorf("%s: %v, want %s", name, findings, want)
		}
	}
	if _, err := sdc.CheckProduct(context.Background(), filepath.Join(dir, "none.cdf"), cdf.Options{}); err == nil {
		t.Error("a file that does not exist is checked")
	}
}
