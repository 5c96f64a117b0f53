package naming

import "testing"

func TestAccepted(t *testing.T) {
	for _, c := range []struct {
		name  string
		file  string
		class Class
		under string // the directory in the archive
	}{
		// science
		{"packets", "imap_swe_l0_raw_20240101_v001.pkts", ClassScience, "imap/swe/l0/2024/01"},
		{"product", "imap_mag_l1a_norm-magi_20260105_v001.0003.cdf", ClassScience, "imap/mag/l1a/2026/01"},
		{"level that is no prefix of a date", "imap_lo_l1ca_x_20241231_v000.0000.cdf", ClassScience, "imap/lo/l1ca/2024/12"},
		{"last level", "imap_glows_l3e_survival-probability-hi-45_20300609_v203.cdf", ClassScience, "imap/glows/l3e/2030/06"},
		{"repointing", "imap_ultra_l1b_45sensor-de_20260105-repoint00123_v001.0003.cdf", ClassScience, "imap/ultra/l1b/2026/01"},
		{"first repointing", "imap_hi_l1c_pset_20260105-repoint00000_v001.cdf", ClassScience, "imap/hi/l1c/2026/01"},
		{"last repointing", "imap_hi_l1c_pset_20260105-repoint99999_v001.cdf", ClassScience, "imap/hi/l1c/2026/01"},
		{"rotation", "imap_glows_l3b_ion-rate_20100422-cr02096_v999.9999.cdf", ClassScience, "imap/glows/l3b/2010/04"},
		{"packets that are no l0", "imap_swe_l3a_a.b_20170819_v001.9999.pkts", ClassScience, "imap/swe/l3a/2017/08"},
		{"l0 that is no packets", "imap_swe_l0_raw_20240101_v001.cdf", ClassScience, "imap/swe/l0/2024/01"},
		{"dots in the descriptor", "imap_hit_l2_a.b.c_20250101_v001.cdf", ClassScience, "imap/hit/l2/2025/01"},
		{"descriptor of dots", "imap_hit_l2_.._20250101_v001.cdf", ClassScience, "imap/hit/l2/2025/01"},
		{"descriptor with a space", "imap_hit_l2_a b_20250101_v001.cdf", ClassScience, "imap/hit/l2/2025/01"},
		{"descriptor in Greek", "imap_hit_l2_αβ_20250101_v001.cdf", ClassScience, "imap/hit/l2/2025/01"},
		{"descriptor with a colon", "imap_hit_l2_C:x_20250101_v001.cdf", ClassScience, "imap/hit/l2/2025/01"},
		{"descriptor that looks like a date", "imap_hit_l2_20250101_20250102_v001.cdf", ClassScience, "imap/hit/l2/2025/01"},
		{"leap day", "imap_idex_l2b_sci-1week_20240229_v001.cdf", ClassScience, "imap/idex/l2b/2024/02"},
		{"leap day of a century", "imap_idex_l2b_sci-1week_20000229_v001.cdf", ClassScience, "imap/idex/l2b/2000/02"},
		{"first day there is", "imap_idex_l2b_x_00010101_v001.cdf", ClassScience, "imap/idex/l2b/0001/01"},
		{"last day there is", "imap_idex_l2b_x_99991231_v001.cdf", ClassScience, "imap/idex/l2b/9999/12"},
		{"codice", "imap_codice_l1a_hskp_20250814_v001.cdf", ClassScience, "imap/codice/l1a/2025/08"},
		{"ialirt", "imap_ialirt_l1_realtime_20250814_v001.cdf", ClassScience, "imap/ialirt/l1/2025/08"},
		{"l1const", "imap_l1const_l2c_x_20250814_v001.cdf", ClassScience, "imap/l1const/l2c/2025/08"},
		{"spacecraft", "imap_spacecraft_l1a_quaternions_20250814_v001.cdf", ClassScience, "imap/spacecraft/l1a/2025/08"},
		{"swapi", "imap_swapi_l3a_proton-sw_20250814_v001.cdf", ClassScience, "imap/swapi/l3a/2025/08"},
		{"path", "imap/swe/l0/2024/01/imap_swe_l0_raw_20240101_v001.pkts", ClassScience, "imap/swe/l0/2024/01"},
		{"path that lies", "/tmp/../imap_swe_l0_raw_20240101_v001.pkts", ClassScience, "imap/swe/l0/2024/01"},
		{"path of Windows", `C:\data\imap_swe_l0_raw_20240101_v001.pkts`, ClassScience, "imap/swe/l0/2024/01"},

		// ancillary
		{"open validity", "imap_mag_l1b-calibration_20240229_v003.cdf", ClassAncillary, "imap/ancillary/mag"},
		{"closed validity", "imap_mag_l1b-calibration_20240229_20300101_v003.cdf", ClassAncillary, "imap/ancillary/mag"},
		{"validity of one day", "imap_mag_x_20240229_20240229_v000.csv", ClassAncillary, "imap/ancillary/mag"},
		{"validity that ends before it starts", "imap_mag_hk_20301118_20200202_v372.dat", ClassAncillary, "imap/ancillary/mag"},
		{"json", "imap_codice_l1a-sci-lut_20250101_v001.json", ClassAncillary, "imap/ancillary/codice"},
		{"json as a dependency could be called", "imap_codice_l1a_20250101_20250102_v001.json", ClassAncillary, "imap/ancillary/codice"},
		{"zip", "imap_lo_x_20250101_v001.zip", ClassAncillary, "imap/ancillary/lo"},
		{"tsv", "imap_ialirt_45sensor-de_20160711_v772.tsv", ClassAncillary, "imap/ancillary/ialirt"},
		{"pgm", "imap_ultra_x_20250101_v001.pgm", ClassAncillary, "imap/ancillary/ultra"},
		{"xlsx", "imap_hit_sci2_20091021_v879.xlsx", ClassAncillary, "imap/ancillary/hit"},
		{"level as descriptor", "imap_hit_l2_20091021_v879.csv", ClassAncillary, "imap/ancillary/hit"},
		{"ancillary path", "imap/ancillary/hit/imap_hit_l2_20091021_v879.csv", ClassAncillary, "imap/ancillary/hit"},

		// SPICE
		{"attitude history", "imap_2025_118_2025_120_009.ah.bc", ClassSPICE, "imap/spice/ck"},
		{"attitude history in capitals but for the type", "IMAP_2025_118_2025_120_009.ah.bc", ClassSPICE, "imap/spice/ck"},
		{"attitude predict", "imap_2026_305_2020_090_01.ap.bc", ClassSPICE, "imap/spice/ck"},
		{"version of one digit", "imap_2026_305_2020_090_1.ap.bc", ClassSPICE, "imap/spice/ck"},
		{"version of many digits", "imap_2026_305_2020_090_00000000000000000000001.ap.bc", ClassSPICE, "imap/spice/ck"},
		{"pointing", "imap_dps_2018_350_2024_202_458.ah.bc", ClassSPICE, "imap/spice/ck"},
		{"pointing with its ending in capitals", "imap_dps_2018_350_2024_202_458.AH.BC", ClassSPICE, "imap/spice/ck"},
		{"spin", "imap_2025_246_2010_252_863.spin", ClassSPICE, "imap/spice/spin"},
		{"spin as csv", "imap_2024_068_2021_002_78.spin.csv", ClassSPICE, "imap/spice/spin"},
		{"repoint", "imap_2011_086_44.repoint", ClassSPICE, "imap/spice/repoint"},
		{"repoint as csv", "imap_2010_069_77.repoint.csv", ClassSPICE, "imap/spice/repoint"},
		{"reconstructed", "imap_recon_od025_20190702_20270827_v01.bsp", ClassSPICE, "imap/spice/spk"},
		{"reconstructed in capitals but for the type", "IMAP_recon_OD025_20190702_20270827_V01.BSP", ClassSPICE, "imap/spice/spk"},
		{"nominal", "imap_nom_20211127_20231116_v01.bsp", ClassSPICE, "imap/spice/spk"},
		{"predicted", "imap_pred_20120906_20290811_v01.bsp", ClassSPICE, "imap/spice/spk"},
		{"predicted without a version", "imap_pred_od025_20090818_20220507.bsp", ClassSPICE, "imap/spice/spk"},
		{"predicted without the version's digits", "imap_pred_od025_20181223_20280617_v.bsp", ClassSPICE, "imap/spice/spk"},
		{"90 days", "imap_90days_20150725_20260213_v01.bsp", ClassSPICE, "imap/spice/spk"},
		{"long", "imap_long_20250101_20350101_v01.bsp", ClassSPICE, "imap/spice/spk"},
		{"launch", "imap_launch_20250101_20350101_v01.bsp", ClassSPICE, "imap/spice/spk"},
		{"planets", "de440.bsp", ClassSPICE, "imap/spice/spk"},
		{"lagrange point", "L1_de440.bsp", ClassSPICE, "imap/spice/spk"},
		{"planetary constants", "pck00011.tpc", ClassSPICE, "imap/spice/pck"},
		{"leap seconds", "naif0012.tls", ClassSPICE, "imap/spice/lsk"},
		{"clock", "imap_sclk_0012.tsc", ClassSPICE, "imap/spice/sclk"},
		{"frames", "imap_001.tf", ClassSPICE, "imap/spice/fk"},
		{"frames in capitals but for the type", "IMAP_001.tf", ClassSPICE, "imap/spice/fk"},
		{"science frames", "imap_science_0001.tf", ClassSPICE, "imap/spice/fk"},
		{"thruster", "imap_2026_103_2022_249_hist_46.sff", ClassSPICE, "imap/spice/activities"},
		{"thruster with underscores in its text", "imap_2026_103_2022_249_pred_burn_01_46.sff", ClassSPICE, "imap/spice/activities"},
		{"metakernel of the SDC", "imap_sdc_metakernel_2027_v377.tm", ClassSPICE, "imap/spice/mk"},
		{"metakernel of attitude", "imap_2012_366_a06.spice.mk", ClassSPICE, "imap/spice/mk"},
		{"metakernel of ephemerides", "IMAP_2026_121_e68.mk", ClassSPICE, "imap/spice/mk"},
		{"earth", "earth_000101_251013_250717.bpc", ClassSPICE, "imap/spice/pck"},
		{"day 366 of a common year", "imap_2013_366_44.repoint", ClassSPICE, "imap/spice/repoint"},
		{"SPICE path", "imap/spice/ck/imap_2025_118_2025_120_009.ah.bc", ClassSPICE, "imap/spice/ck"},

		// quicklook, dependency, release
		{"jpg", "imap_glows_l3a_histogram_20130217_v064.jpg", ClassQuicklook, "imap/quicklook/glows/l3a/2013/02"},
		{"pdf", "imap_ultra_l1ca_4v5sensor-de_20111126-cr01988_v305.pdf", ClassQuicklook, "imap/quicklook/ultra/l1ca/2011/11"},
		{"png", "imap_mag_l1a_norm_20260105_v001.0003.png", ClassQuicklook, "imap/quicklook/mag/l1a/2026/01"},
		{"dependency", "imap_hit_l1b_raw_20150120-repoint01640_v452.3140.json", ClassDependency, "imap/dependency/hit/l1b/2015/01"},
		{"dependency of minor version only", "imap_ialirt_l1d_lo-nsw-angular_20140826_v733.json", ClassDependency, "imap/dependency/ialirt/l1d/2014/08"},
		{"release", "imap_lo_data-release-001_20201109_v760.txt", ClassRelease, "imap/release/lo"},
		{"release with an end", "imap_l1const_data-release-001_20090612_20190405_v747.txt", ClassRelease, "imap/release/l1const"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := Parse(c.file)
			if err != nil {
				t.Fatal(err)
			}
			if path.Class() != c.class {
				t.Errorf("class %s, want %s", path.Class(), c.class)
			}
			if got, want := path.Filename(), Base(c.file); got != want {
				t.Errorf("name %s, want %s", got, want)
			}
			if got, want := path.ArchivePath(), c.under+"/"+Base(c.file); got != want {
				t.Errorf("path %s, want %s", got, want)
			}
		})
	}
}
