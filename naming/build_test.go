package naming

import (
	"fmt"
	"testing"
)

func TestBuild(t *testing.T) {
	product := func(change func(*Product)) Product {
		p := Product{
			Instrument: "swe", DataLevel: "l1a", Descriptor: "sci", StartDate: "20240101",
			Version: Version{1, 3}, Extension: "cdf",
		}
		change(&p)
		return p
	}
	validity := func(change func(*Validity)) Validity {
		v := Validity{
			Instrument: "mag", Descriptor: "x", StartDate: "20240101",
			Version: Version{NoMajor, 3}, Extension: "csv",
		}
		change(&v)
		return v
	}
	science := func(change func(*Product)) func() (FilePath, error) {
		return func() (FilePath, error) { return NewScience(product(change)) }
	}
	ancillary := func(change func(*Validity)) func() (FilePath, error) {
		return func() (FilePath, error) { return NewAncillary(validity(change)) }
	}
	number := func(n int) *int { return &n }

	for _, c := range []struct {
		name  string
		build func() (FilePath, error)
		want  string // the name, or the error
	}{
		{"science", science(func(*Product) {}), "imap_swe_l1a_sci_20240101_v001.0003.cdf"},
		{"minor version only", science(func(p *Product) { p.Version = Version{NoMajor, 3} }), "imap_swe_l1a_sci_20240101_v003.cdf"},
		{"repointing", science(func(p *Product) { p.Repointing = number(5) }), "imap_swe_l1a_sci_20240101-repoint00005_v001.0003.cdf"},
		{"repointing 0", science(func(p *Product) { p.Repointing = number(0) }), "imap_swe_l1a_sci_20240101-repoint00000_v001.0003.cdf"},
		{"rotation", science(func(p *Product) { p.CR = number(2250) }), "imap_swe_l1a_sci_20240101-cr02250_v001.0003.cdf"},
		{"rotation 0", science(func(p *Product) { p.CR = number(0) }), "imap_swe_l1a_sci_20240101-cr00000_v001.0003.cdf"},
		{"no extension", science(func(p *Product) { p.Extension = "" }), "imap_swe_l1a_sci_20240101_v001.0003.cdf"},
		{"no extension at l0", science(func(p *Product) { p.DataLevel, p.Extension = "l0", "" }), "imap_swe_l0_sci_20240101_v001.0003.pkts"},
		{"ancillary", ancillary(func(*Validity) {}), "imap_mag_x_20240101_v003.csv"},
		{"ancillary with an end", ancillary(func(v *Validity) { v.EndDate = "20240201" }), "imap_mag_x_20240101_20240201_v003.csv"},
		{"quicklook", func() (FilePath, error) {
			return NewQuicklook(product(func(p *Product) { p.Extension = "png" }))
		}, "imap_swe_l1a_sci_20240101_v001.0003.png"},
		{"dependency", func() (FilePath, error) {
			return NewDependency(product(func(p *Product) { p.Extension = "json" }))
		}, "imap_swe_l1a_sci_20240101_v001.0003.json"},
		{"release", func() (FilePath, error) {
			return NewRelease(validity(func(v *Validity) { v.Extension = "txt" }))
		}, "imap_mag_x_20240101_v003.txt"},

		{"instrument", science(func(p *Product) { p.Instrument = "imap" }),
			`"imap_imap_l1a_sci_20240101_v001.0003.cdf" is not a valid science file name: instrument "imap": must be one of codice, glows, hi, hit, ialirt, idex, l1const, lo, mag, spacecraft, swapi, swe, ultra`},
		{"no data level", science(func(p *Product) { p.DataLevel = "" }),
			`"imap_swe__sci_20240101_v001.0003.cdf" is not a valid science file name: data level is missing: must be one of l0, l1, l1a, l1b, l1c, l1ca, l1cb, l1d, l2, l2a, l2b, l2c, l3, l3a, l3b, l3c, l3d, l3e`},
		{"descriptor that climbs", science(func(p *Product) { p.Descriptor = "../../x" }),
			`"imap_swe_l1a_../../x_20240101_v001.0003.cdf" is not a valid science file name: descriptor "../../x": must be one or more printable characters other than "_", "/" and "\"`},
		{"date with hyphens", science(func(p *Product) { p.StartDate = "2024-01-01" }),
			`"imap_swe_l1a_sci_2024-01-01_v001.0003.cdf" is not a valid science file name: start date "2024-01-01": must be a day of the calendar as YYYYMMDD`},
		{"repointing of six digits", science(func(p *Product) { p.Repointing = number(100000) }),
			`"imap_swe_l1a_sci_20240101-repoint100000_v001.0003.cdf" is not a valid science file name: repointing "100000": must be from 0 to 99999`},
		{"rotation below 0", science(func(p *Product) { p.CR = number(-1) }),
			`"imap_swe_l1a_sci_20240101-cr000-1_v001.0003.cdf" is not a valid science file name: cr "-1": must be from 0 to 99999`},
		{"repointing and rotation", science(func(p *Product) { p.Repointing, p.CR = number(1), number(2) }),
			`"imap_swe_l1a_sci_20240101-repoint00001-cr00002_v001.0003.cdf" is not a valid science file name: cr "2": must not be given together with a repointing`},
		{"major version of four digits", science(func(p *Product) { p.Version.Major = 1000 }),
			`"imap_swe_l1a_sci_20240101_v1000.0003.cdf" is not a valid science file name: version "v1000.0003": must be from v000.0000 to v999.9999, or from v000 to v999`},
		{"minor version of five digits", science(func(p *Product) { p.Version.Minor = 10000 }),
			`"imap_swe_l1a_sci_20240101_v001.10000.cdf" is not a valid science file name: version "v001.10000": must be from v000.0000 to v999.9999, or from v000 to v999`},
		{"minor version of four digits alone", science(func(p *Product) { p.Version = Version{NoMajor, 1000} }),
			`"imap_swe_l1a_sci_20240101_v1000.cdf" is not a valid science file name: version "v1000": must be from v000.0000 to v999.9999, or from v000 to v999`},
		{"version below 0", science(func(p *Product) { p.Version = Version{-2, -3} }),
			`"imap_swe_l1a_sci_20240101_v0-2.00-3.cdf" is not a valid science file name: version "v0-2.00-3": must be from v000.0000 to v999.9999, or from v000 to v999`},
		{"extension", science(func(p *Product) { p.Extension = "nc" }),
			`"imap_swe_l1a_sci_20240101_v001.0003.nc" is not a valid science file name: extension "nc": must be one of cdf, pkts`},
		{"extension with its dot", science(func(p *Product) { p.Extension = ".cdf" }),
			`"imap_swe_l1a_sci_20240101_v001.0003..cdf" is not a valid science file name: extension ".cdf": must be one of cdf, pkts`},
		{"two faults", science(func(p *Product) { p.StartDate, p.Extension = "", "png" }),
			`"imap_swe_l1a_sci__v001.0003.png" is not a valid science file name: start date is missing: must be a day of the calendar as YYYYMMDD; extension "png": must be one of cdf, pkts`},
		{"ancillary with a major version", ancillary(func(v *Validity) { v.Version = Version{1, 3} }),
			`"imap_mag_x_20240101_v001.0003.csv" is not a valid ancillary file name: version "v001.0003": must be vNNN with three digits, such as v003`},
		{"ancillary version of four digits", ancillary(func(v *Validity) { v.Version.Minor = 1000 }),
			`"imap_mag_x_20240101_v1000.csv" is not a valid ancillary file name: version "v1000": must be vNNN with three digits, such as v003`},
		{"ancillary end", ancillary(func(v *Validity) { v.EndDate = "20240230" }),
			`"imap_mag_x_20240101_20240230_v003.csv" is not a valid ancillary file name: end date "20240230": must be a day of the calendar: February 2024 has 29 days`},
		{"ancillary without an extension", ancillary(func(v *Validity) { v.Extension = "" }),
			`"imap_mag_x_20240101_v003." is not a valid ancillary file name: extension is missing: must be one of cdf, csv, dat, json, zip, tsv, pgm, xlsx`},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := c.build()
			if err != nil {
				if err.Error() != c.want {
					t.Errorf("error %v\nwant  %s", err, c.want)
				}
				return
			}
			if path.Filename() != c.want {
				t.Errorf("%s, want %s", path.Filename(), c.want)
			}
			if _, err := parseClass(path.Class(), c.want); err != nil {
				t.Errorf("built, but not parsed: %v", err)
			}
		})
	}
}

// TestValuesThatNoFunctionMade: what an importer fills by hand, or leaves empty,
// has a name of some kind and no path, but does not panic.
func TestValuesThatNoFunctionMade(t *testing.T) {
	made, err := Parse("imap_swe_l0_raw_20240101_v001.pkts")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []FilePath{
		ScienceFilePath{}, QuicklookFilePath{}, DependencyFilePath{}, AncillaryFilePath{}, ReleaseFilePath{}, SPICEFilePath{},
		ScienceFilePath{Product{StartDate: "2026"}}, ScienceFilePath{Product{Version: Version{-7, 123456}, Extension: "a.b"}},
		SPICEFilePath{Version: "003"},
	} {
		t.Run(fmt.Sprintf("%#v", path), func(t *testing.T) {
			if science, ok := path.(ScienceFilePath); ok && science.ArchivePath() != "" {
				t.Errorf("the path is %s", science.ArchivePath())
			}
			_, _, _, _ = path.ArchivePath(), path.Filename(), path.Fields(), Unversioned(path)
			_, _ = Next(path)
			_ = CheckUpload(path)
			if SameFile(path, made) || SameFile(nil, path) || SameFile(path, nil) {
				t.Error("it is the same as another")
			}
			if Compare(path, path) != 0 {
				t.Error("it differs from itself")
			}
		})
	}
	if SameFile(nil, nil) {
		t.Error("nothing is a file")
	}
}

func TestCheckUpload(t *testing.T) {
	for name, taken := range map[string]bool{
		"imap_swe_l1a_sci_20260201_v001.0001.cdf":    true,
		"imap_swe_l1a_sci_20260201_v001.cdf":         false,
		"imap_swe_cal_20260201_v001.csv":             true,
		"imap_swe_l1a_spectrogram_20260201_v001.png": true,
		"naif0012.tls": true,
	} {
		path, err := Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckUpload(path); (err == nil) != taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}
