package naming

import "testing"

func TestErrorSaysWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"data level and date", "imap_mag_l4_norm_20250230_v001.cdf",
			`"imap_mag_l4_norm_20250230_v001.cdf" is not a valid science file name: data level "l4": must be one of l0, l1, l1a, l1b, l1c, l1ca, l1cb, l1d, l2, l2a, l2b, l2c, l3, l3a, l3b, l3c, l3d, l3e; start date "20250230": must be a day of the calendar: February 2025 has 28 days`},
		{"mission, version and extension", "imp_mag_l1_norm_20250203_v1.PNG",
			`"imp_mag_l1_norm_20250203_v1.PNG" is not a valid quicklook file name: mission "imp": must be imap; version "v1": must be vMMM.mmmm or vNNN, such as v001.0003 or v003; extension "PNG": must be one of jpg, pdf, png`},
		{"repointing", "imap_mag_l1_norm_20250203-repoint1_v001.json",
			`"imap_mag_l1_norm_20250203-repoint1_v001.json" is not a valid dependency file name: repointing or rotation "repoint1": must be repointNNNNN or crNNNNN with five digits, such as repoint00012`},
		{"control characters", "imap_mag_a\x1b[31m\nb_20250203_v001.txt",
			`"imap_mag_a\x1b[31m\nb_20250203_v001.txt" is not a valid release file name: descriptor "a\x1b[31m\nb": must be one or more printable characters other than "_", "/" and "\"`},
		{"ancillary version", "imap_mag_x_20250203_v001.0003.csv",
			`"imap_mag_x_20250203_v001.0003.csv" is not a valid ancillary file name: version "v001.0003": must be vNNN with three digits, such as v003`},
		{"missing part", "imap_swe_raw_20250203_v001.pkts",
			`"imap_swe_raw_20250203_v001.pkts" is not a valid science file name: data level is missing: must be one of l0, l1, l1a, l1b, l1c, l1ca, l1cb, l1d, l2, l2a, l2b, l2c, l3, l3a, l3b, l3c, l3d, l3e`},
		{"number of product parts", "raw.pkts",
			`"raw.pkts" is not a valid science file name: expected 6 parts separated by underscores, got 1: imap_<instrument>_<data_level>_<descriptor>_<start_date>[-repointNNNNN or -crNNNNN]_<version>.<extension>`},
		{"number of ancillary parts", "table.xlsx",
			`"table.xlsx" is not a valid ancillary file name: expected 5 or 6 parts separated by underscores, got 1: imap_<instrument>_<descriptor>_<start_date>[_<end_date>]_vNNN.<extension>`},
		{"day of the year", "imap_2025_400_01.repoint",
			`"imap_2025_400_01.repoint" is not a valid SPICE file name: end date "2025_400": must be a day of the calendar as YYYY_DDD: days are 001 to 366`},
		{"kernel that several kinds could be", "imap_foo_20250101_20260101_v01.bsp",
			`"imap_foo_20250101_20260101_v01.bsp" is not a valid SPICE file name: rest "foo_20250101_20260101_v01.bsp": must begin with one of recon, nom, pred, 90days, long, launch`},
		{"kernel that one kind could be", "imap_sclk.tsc",
			`"imap_sclk.tsc" is not a valid SPICE file name: rest ".tsc": must begin with _, as in imap_sclk_<version N>.tsc`},
		{"kernel's ending", "imap_2025_001_2025_002_01.ah.bd",
			`"imap_2025_001_2025_002_01.ah.bd" is not a valid SPICE file name: ending "ah.bd": must be one of ah.bc, ap.bc, spin.csv, spin`},
		{"far from all", "README",
			`"README" is not a valid IMAP file name: name "README": must be of the form imap_<instrument>_<data_level>_<descriptor>_<start_date>[-repointNNNNN or -crNNNNN]_<version>.<extension> (science, quicklook, dependency) or imap_<instrument>_<descriptor>_<start_date>[_<end_date>]_vNNN.<extension> (ancillary, release), or a SPICE file's`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Parse(c.file); err == nil || err.Error() != c.want {
				t.Errorf("%v\nwant %s", err, c.want)
			}
		})
	}
}
