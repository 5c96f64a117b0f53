package naming

import "testing"

var benchmarkNames = []struct{ name, file string }{
	{"science", "imap_mag_l1a_norm-magi_20260105_v001.0003.cdf"},
	{"repointing", "imap_ultra_l1b_45sensor-de_20260105-repoint00123_v001.0003.cdf"},
	{"ancillary", "imap_mag_l1b-calibration_20240229_20300101_v003.cdf"},
	{"spice first", "imap_2025_118_2025_120_009.ah.bc"},
	{"spice last", "imap_2025_118_2025_120_hist_01.sff"},
	{"quicklook", "imap_mag_l1a_norm_20260105_v001.0003.png"},
	{"dependency", "imap_mag_l1a_norm_20260105_v001.0003.json"},
	{"release", "imap_mag_data-release-001_20260105_20260205_v001.txt"},
}

func BenchmarkParseScience(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseScience("imap_mag_l1a_norm-magi_20260105_v001.0003.cdf"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for _, c := range benchmarkNames {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(c.file); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("mix", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if _, err := Parse(benchmarkNames[i%len(benchmarkNames)].file); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
	b.Run("refused", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Parse("imap_mag_l4_norm_20260105_v001.0003.cdf"); err == nil {
				b.Fatal("accepted")
			}
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	for _, c := range benchmarkNames {
		path, err := Parse(c.file)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("Filename/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = path.Filename()
			}
		})
		b.Run("ArchivePath/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = path.ArchivePath()
			}
		})
	}
}
