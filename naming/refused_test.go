package naming

import (
	"errors"
	"strings"
	"testing"
)

// In the table a fault is the part and what was got; what is wanted instead is
// TestErrorSaysWhatIsAllowed's.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		file   string
		class  Class // the nearest
		faults string
	}{
		// science: each part
		{"mission", "imp_swe_l0_raw_20240101_v001.pkts", ClassScience, `mission "imp"`},
		{"mission in capitals", "IMAP_swe_l0_raw_20240101_v001.pkts", ClassScience, `mission "IMAP"`},
		{"mission empty", "_swe_l0_raw_20240101_v001.pkts", ClassScience, `mission is missing`},
		{"instrument", "imap_swea_l0_raw_20240101_v001.pkts", ClassScience, `instrument "swea"`},
		{"instrument in capitals", "imap_SWE_l0_raw_20240101_v001.pkts", ClassScience, `instrument "SWE"`},
		{"instrument empty", "imap__l0_raw_20240101_v001.pkts", ClassScience, `instrument is missing`},
		{"data level", "imap_swe_l4_raw_20240101_v001.pkts", ClassScience, `data level "l4"`},
		{"data level cut short", "imap_swe_l_raw_20240101_v001.pkts", ClassScience, `data level "l"`},
		{"descriptor empty", "imap_swe_l0__20240101_v001.pkts", ClassScience, `descriptor is missing`},
		{"descriptor with a tab", "imap_swe_l0_a\tb_20240101_v001.pkts", ClassScience, `descriptor "a\tb"`},
		{"descriptor with a line end", "imap_swe_l0_a\nb_20240101_v001.pkts", ClassScience, `descriptor "a\nb"`},
		{"descriptor with a zero", "imap_swe_l0_a\x00b_20240101_v001.pkts", ClassScience, `descriptor "a\x00b"`},
		{"descriptor that is no UTF-8", "imap_swe_l0_a\xffb_20240101_v001.pkts", ClassScience, `descriptor "a\xffb"`},
		{"descriptor that turns writing around", "imap_swe_l0_a\u202eb_20240101_v001.pkts", ClassScience, `descriptor "a\u202eb"`},
		{"start date that is none", "imap_swe_l0_raw_20240230_v001.pkts", ClassScience, `start date "20240230"`},
		{"29 February of a common year", "imap_swe_l0_raw_20230229_v001.pkts", ClassScience, `start date "20230229"`},
		{"29 February of a common century", "imap_swe_l0_raw_19000229_v001.pkts", ClassScience, `start date "19000229"`},
		{"31 April", "imap_swe_l0_raw_20240431_v001.pkts", ClassScience, `start date "20240431"`},
		{"month 13", "imap_swe_l0_raw_20241301_v001.pkts", ClassScience, `start date "20241301"`},
		{"month 0", "imap_swe_l0_raw_20240001_v001.pkts", ClassScience, `start date "20240001"`},
		{"day 0", "imap_swe_l0_raw_20240100_v001.pkts", ClassScience, `start date "20240100"`},
		{"year 0", "imap_swe_l0_raw_00000101_v001.pkts", ClassScience, `start date "00000101"`},
		{"date of seven digits", "imap_swe_l0_raw_2024011_v001.pkts", ClassScience, `start date "2024011"`},
		{"date of nine digits", "imap_swe_l0_raw_202401011_v001.pkts", ClassScience, `start date "202401011"`},
		{"date with hyphens", "imap_swe_l0_raw_2024-01-01_v001.pkts", ClassScience, `start date "2024"; repointing or rotation "01-01"`},
		{"date in Arabic digits", "imap_swe_l0_raw_٢٠٢٤٠١٠١_v001.pkts", ClassScience, `start date "٢٠٢٤٠١٠١"`},
		{"repointing of four digits", "imap_swe_l0_raw_20240101-repoint0001_v001.pkts", ClassScience, `repointing or rotation "repoint0001"`},
		{"repointing of six digits", "imap_swe_l0_raw_20240101-repoint000001_v001.pkts", ClassScience, `repointing or rotation "repoint000001"`},
		{"repointing without digits", "imap_swe_l0_raw_20240101-repoint_v001.pkts", ClassScience, `repointing or rotation "repoint"`},
		{"rotation in capitals", "imap_swe_l0_raw_20240101-CR00001_v001.pkts", ClassScience, `repointing or rotation "CR00001"`},
		{"both repointing and rotation", "imap_swe_l0_raw_20240101-repoint00001-cr00001_v001.pkts", ClassScience, `repointing or rotation "repoint00001-cr00001"`},
		{"neither after the hyphen", "imap_swe_l0_raw_20240101-foo00001_v001.pkts", ClassScience, `repointing or rotation "foo00001"`},
		{"nothing after the hyphen", "imap_swe_l0_raw_20240101-_v001.pkts", ClassScience, `repointing or rotation is missing`},
		{"version of two digits", "imap_swe_l0_raw_20240101_v01.pkts", ClassScience, `version "v01"`},
		{"version of four digits", "imap_swe_l0_raw_20240101_v0001.pkts", ClassScience, `version "v0001"`},
		{"minor version of three digits", "imap_swe_l0_raw_20240101_v001.001.pkts", ClassScience, `version "v001.001"`},
		{"minor version of five digits", "imap_swe_l0_raw_20240101_v001.00001.pkts", ClassScience, `version "v001.00001"`},
		{"three versions", "imap_swe_l0_raw_20240101_v001.0001.0001.pkts", ClassScience, `version "v001.0001.0001"`},
		{"version in capitals", "imap_swe_l0_raw_20240101_V001.pkts", ClassScience, `version "V001"`},
		{"version without v", "imap_swe_l0_raw_20240101_001.pkts", ClassScience, `version "001"`},
		{"version latest", "imap_swe_l0_raw_20240101_latest.pkts", ClassScience, `version "latest"`},
		{"version signed", "imap_swe_l0_raw_20240101_v-01.pkts", ClassScience, `version "v-01"`},
		{"version empty", "imap_swe_l0_raw_20240101_.pkts", ClassScience, `version is missing`},
		{"extension of no class", "imap_swe_l0_raw_20240101_v001.nc", ClassScience, `extension "nc"`},
		{"extension in capitals", "imap_swe_l0_raw_20240101_v001.CDF", ClassScience, `extension "CDF"`},
		{"no extension", "imap_swe_l0_raw_20240101_v001", ClassScience, `extension is missing`},
		{"empty extension", "imap_swe_l0_raw_20240101_v001.", ClassScience, `extension is missing`},
		{"more than the extension", "imap_swe_l0_raw_20240101_v001.cdf.gz", ClassScience, `version "v001.cdf"; extension "gz"`},
		{"line end after the extension", "imap_swe_l0_raw_20240101_v001.cdf\n", ClassScience, `extension "cdf\n"`},
		{"space after the extension", "imap_swe_l0_raw_20240101_v001.cdf ", ClassScience, `extension "cdf "`},
		{"space before the name", " imap_swe_l0_raw_20240101_v001.cdf", ClassScience, `mission " imap"`},
		{"all parts at once", "IMAP_SWE_L0_\a_20240230-x_v1.PKTS", ClassScience, `mission "IMAP"; instrument "SWE"; data level "L0"; descriptor "\a"; start date "20240230"; repointing or rotation "x"; version "v1"; extension "PKTS"`},
		{"path with a fault", "imap/swe/imap_swe_l4_raw_20240101_v001.cdf", ClassScience, `data level "l4"`},

		// science: parts missing and parts cut in two
		{"without the mission", "swe_l0_raw_20240101_v001.pkts", ClassScience, `mission is missing`},
		{"without the instrument", "imap_l0_raw_20240101_v001.pkts", ClassScience, `instrument is missing`},
		{"without the data level", "imap_swe_raw_20240101_v001.pkts", ClassScience, `data level is missing`},
		{"without the descriptor", "imap_swe_l0_20240101_v001.pkts", ClassScience, `descriptor is missing`},
		{"without the date", "imap_swe_l0_raw_v001.pkts", ClassScience, `start date is missing`},
		{"without the version", "imap_swe_l0_raw_20240101.pkts", ClassScience, `version is missing`},
		{"descriptor with an underscore", "imap_swe_l0_raw_data_20240101_v001.pkts", ClassScience, `descriptor "raw_data"`},
		{"descriptor with three underscores", "imap_swe_l0_my_own_raw_data_20240101_v001.pkts", ClassScience, `descriptor "my_own_raw_data"`},
		{"underscore before the repointing", "imap_swe_l0_raw_20240101_repoint00001_v001.pkts", ClassScience, `start date "20240101_repoint00001"`},
		{"underscore in the version", "imap_swe_l0_raw_20240101_v001_0003.pkts", ClassScience, `version "v001_0003"`},
		{"two underscores", "imap_swe_l0_raw__20240101_v001.pkts", ClassScience, `descriptor "raw_"`},
		{"nothing but an extension", ".cdf", ClassScience, `expected 6 parts separated by underscores, got 1`},
		{"too few parts", "imap_swe.pkts", ClassScience, `expected 6 parts separated by underscores, got 2`},
		{"too many parts", "a_b_c_d_e_f_g_h_i.pkts", ClassScience, `expected 6 parts separated by underscores, got 9`},
		{"wrong in number and extension", "imap_swe_raw.pkt", "", `name "imap_swe_raw.pkt"`},

		// ancillary
		{"ancillary instrument", "imap_swea_x_20240101_v001.csv", ClassAncillary, `instrument "swea"`},
		{"ancillary start", "imap_mag_x_20240230_20240301_v001.csv", ClassAncillary, `start date "20240230"`},
		{"ancillary end", "imap_mag_x_20240101_20240230_v001.csv", ClassAncillary, `end date "20240230"`},
		{"ancillary end of nine digits", "imap_mag_x_20240101_202401011_v001.csv", ClassAncillary, `end date "202401011"`},
		{"ancillary start and end", "imap_mag_x_2024_2025_v001.csv", ClassAncillary, `start date "2024"; end date "2025"`},
		{"ancillary major version", "imap_mag_x_20240101_v001.0003.csv", ClassAncillary, `version "v001.0003"`},
		{"ancillary version of two digits", "imap_mag_x_20240101_v01.csv", ClassAncillary, `version "v01"`},
		{"ancillary extension", "imap_mag_x_20240101_v001.h5", ClassAncillary, `extension "h5"`},
		{"ancillary extension in capitals", "imap_mag_x_20240101_v001.XLSX", ClassAncillary, `extension "XLSX"`},
		{"ancillary repointing", "imap_mag_x_20240101-repoint00001_v001.csv", ClassAncillary, `start date "20240101-repoint00001"`},
		{"ancillary descriptor with an underscore", "imap_mag_my_table_20240101_v001.csv", ClassAncillary, `descriptor "my_table"`},
		{"ancillary descriptor with an underscore, and an end", "imap_mag_my_table_20240101_20250101_v001.csv", ClassAncillary, `descriptor "my_table"`},
		{"ancillary without descriptor", "imap_mag_20240101_v001.csv", ClassAncillary, `descriptor is missing`},
		{"ancillary without version", "imap_mag_x_20240101.zip", ClassAncillary, `version is missing`},
		{"ancillary of too few parts", "imap_mag.zip", ClassAncillary, `expected 5 or 6 parts separated by underscores, got 2`},

		// SPICE
		{"no day of the year", "imap_2025_060_2025_000_41.spin.csv", ClassSPICE, `end date "2025_000"`},
		{"day 367", "imap_2018_367_2019_001_hist_02.sff", ClassSPICE, `start date "2018_367"`},
		{"both dates", "imap_2018_367_2019_000_hist_02.sff", ClassSPICE, `start date "2018_367"; end date "2019_000"`},
		{"day 366 of the last year", "imap_9999_366_44.repoint", ClassSPICE, `end date "9999_366"`},
		{"year 0 in SPICE", "imap_sdc_metakernel_0000_v001.tm", ClassSPICE, `start date "0000"`},
		{"calendar day of an ephemeris", "imap_recon_20240230_20240301_v01.bsp", ClassSPICE, `start date "20240230"`},
		{"day of six digits", "earth_250101_250230_250101.bpc", ClassSPICE, `end date "250230"`},
		{"prediction date", "earth_250101_250201_251301.bpc", ClassSPICE, `prediction date "251301"`},
		{"type in capitals", "imap_RECON_20240101_20240301_v01.bsp", ClassSPICE, `rest "RECON_20240101_20240301_v01.bsp"`},
		{"unknown type", "imap_foo_20240101_20240301_v01.bsp", ClassSPICE, `rest "foo_20240101_20240301_v01.bsp"`},
		{"orbit determination of one digit", "imap_pred_od5_20240101_20240301_v01.bsp", ClassSPICE, `rest "od5_20240101_20240301_v01.bsp"`},
		{"ending in capitals", "imap_2009_189_2013_110_077.AH.BC", ClassSPICE, `ending "AH.BC"`},
		{"ending misspelt", "imap_2015_043_44.re-point", ClassSPICE, `ending "re-point"`},
		{"text after the ending", "naif0012.tls.bak", ClassSPICE, `ending ".tls.bak"`},
		{"letter after the ending", "IMAP_001.tfx", ClassSPICE, `ending "tfx"`},
		{"space after the ending", "imap_dps_2028_038_2014_050_273.ah.bc ", ClassSPICE, `ending ".ah.bc "`},
		{"line end after the ending", "imap_001.tf\n", ClassSPICE, `ending "tf\n"`},
		{"version without digits", "naif.tls", ClassSPICE, `rest ".tls"`},
		{"frames with v", "imap_v001.tf", ClassSPICE, `rest "v001.tf"`},
		{"frames cut short", "imap_science.tf", ClassSPICE, `rest ".tf"`},
		{"metakernel in capitals", "IMAP_SDC_METAKERNEL_2028_V637.TM", ClassSPICE, `name "IMAP_SDC_METAKERNEL_2028_V637.TM"`},
		{"metakernel of two digits", "imap_sdc_metakernel_2028_v37.tm", ClassSPICE, `rest "37.tm"`},
		{"metakernel of three digits", "IMAP_2026_121_e068.mk", ClassSPICE, `rest "068.mk"`},
		{"thruster without text", "imap_2024_001_2024_002_01.sff", ClassSPICE, `rest ".sff"`},
		{"leap seconds of no origin", "foo12.tls", ClassSPICE, `name "foo12.tls"`},
		{"planets with the ending of leap seconds", "de440.tls", ClassSPICE, `name "de440.tls"`},
		{"repoint in two digits of another script", "imap_2024_001_٠١.repoint", ClassSPICE, `rest "٠١.repoint"`},
		{"letter that only folds to a small one", "imap_2024_001_a01.ſpice.mk", ClassSPICE, `rest "ſpice.mk"`},

		// quicklook, dependency, release
		{"quicklook level", "imap_mag_l9_norm_20260105_v001.png", ClassQuicklook, `data level "l9"`},
		{"quicklook of too few parts", "plot.png", ClassQuicklook, `expected 6 parts separated by underscores, got 1`},
		{"quicklook extension in capitals", "imap_mag_l1a_norm_20260105_v001.PNG", ClassQuicklook, `extension "PNG"`},
		{"dependency level", "imap_mag_l9_norm_20260105_v001.json", ClassDependency, `data level "l9"`},
		{"dependency version", "imap_mag_l1a_norm_20260105_v1.json", ClassDependency, `version "v1"`},
		{"release major version", "imap_mag_data-release-001_20260105_v001.0001.txt", ClassRelease, `version "v001.0001"`},
		{"release with hyphens in its date", "imap_mag_data-release-001_2026-01-05_v001.txt", ClassRelease, `start date "2026-01-05"`},
		{"release with an underscore", "imap_mag_data_release_20260105_20260205_v001.txt", ClassRelease, `descriptor "data_release"`},

		// The class that was most likely meant.
		{"science with the extension of others", "imap_swe_l2_sci_20260105_v001.0001.csv", ClassScience, `extension "csv"`},
		{"that, and a wrong level", "imap_swe_l9_sci_20260105_v001.0001.csv", ClassScience, `data level "l9"; extension "csv"`},
		{"science of a repointing with the extension of others", "imap_lo_l1c_pset_20260101-repoint00012_v001.0001.csv", ClassScience, `extension "csv"`},
		{"an extension that is nearly a picture's", "imap_mag_l2_norm-gse_20260105_v001.0001.jpeg", ClassQuicklook, `extension "jpeg"`},
		{"ancillary with the version of science", "imap_mag_l1b-calibration_20260105_v001.0001.cdf", ClassAncillary, `version "v001.0001"`},
		{"spin file with a letter in its version", "imap_2026_267_2026_268_2a.spin.csv", ClassSPICE, `rest "a.spin.csv"`},
		{"spin file without a version", "imap_2026_267_2026_268.spin.csv", ClassSPICE, `rest ".spin.csv"`},
		{"spin file of days that there are not", "imap_2026_367_2026_368_02.spin.csv", ClassSPICE, `start date "2026_367"; end date "2026_368"`},

		// far from all
		{"nothing", "", "", `name is missing`},
		{"a directory", "imap/mag/", "", `name is missing`},
		{"a word", "README", "", `name "README"`},
		{"another file", "README.md", "", `name "README.md"`},
		{"control characters", "\x1b[2J\r\n", "", `name "\x1b[2J\r\n"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := Parse(c.file)
			if err == nil {
				t.Fatalf("accepted as %s", path.Class())
			}
			var invalid *InvalidNameError
			if !errors.As(err, &invalid) {
				t.Fatalf("a %T: %v", err, err)
			}
			if invalid.Class != c.class {
				t.Errorf("nearest to %q, want %q", invalid.Class, c.class)
			}
			if invalid.Name != Base(c.file) {
				t.Errorf("name %q", invalid.Name)
			}
			var got []string
			for _, fault := range invalid.Faults {
				before, _, _ := strings.Cut(fault.String(), ": must")
				before, _, _ = strings.Cut(before, ": imap_")
				got = append(got, before)
			}
			if got := strings.Join(got, "; "); got != c.faults {
				t.Errorf("faults %s\nwant   %s", got, c.faults)
			}
			if strings.ContainsAny(err.Error(), "\n\r\x1b\x00") {
				t.Errorf("more than one line of text: %q", err)
			}
		})
	}
}
