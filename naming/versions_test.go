package naming

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNext(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		want string // the name, or the error
	}{
		{"minor version", "imap_mag_l1a_norm_20260105_v001.0003.cdf", "imap_mag_l1a_norm_20260105_v001.0004.cdf"},
		{"minor version that carries", "imap_mag_l1a_norm_20260105_v001.0999.cdf", "imap_mag_l1a_norm_20260105_v001.1000.cdf"},
		{"older form", "imap_mag_l1a_norm_20260105-repoint00001_v009.cdf", "imap_mag_l1a_norm_20260105-repoint00001_v010.cdf"},
		{"ancillary", "imap_mag_x_20260105_20260205_v099.zip", "imap_mag_x_20260105_20260205_v100.zip"},
		{"attitude", "imap_2025_118_2025_120_009.ah.bc", "imap_2025_118_2025_120_010.ah.bc"},
		{"kernel", "naif0012.tls", "naif0013.tls"},
		{"metakernel", "IMAP_2026_121_e68.mk", "IMAP_2026_121_e69.mk"},
		{"last minor version", "imap_mag_l1a_norm_20260105_v001.9999.cdf",
			"no version follows v001.9999 of imap_mag_l1a_norm_20260105_v001.9999.cdf: its digits are used up"},
		{"last of the older form", "imap_mag_x_20260105_v999.zip",
			"no version follows v999 of imap_mag_x_20260105_v999.zip: its digits are used up"},
		{"last of a kernel's digits", "imap_2025_118_2025_120_99.ah.bc",
			"no version follows 99 of imap_2025_118_2025_120_99.ah.bc: its digits are used up"},
		{"no version", "earth_000101_251013_250717.bpc", "earth_000101_251013_250717.bpc has no version that another could follow"},
		{"no version's digits", "imap_pred_20250101_20260101_v.bsp", "imap_pred_20250101_20260101_v.bsp has no version that another could follow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := Parse(c.file)
			if err != nil {
				t.Fatal(err)
			}
			next, err := Next(path)
			switch {
			case err != nil:
				if err.Error() != c.want {
					t.Errorf("error %v\nwant  %s", err, c.want)
				}
			case next.Filename() != c.want:
				t.Errorf("%s, want %s", next.Filename(), c.want)
			case !SameFile(path, next):
				t.Error("no version of the same file")
			case Compare(path, next) >= 0:
				t.Error("does not sort after the one before")
			}
		})
	}
}

func TestNextKeepsType(t *testing.T) {
	path, err := NewScience(Product{
		Instrument: "mag", DataLevel: "l0", Descriptor: "raw", StartDate: "20260105", Version: Version{1, 0},
	})
	if err != nil {
		t.Fatal(err)
	}
	next, err := Next(path)
	if err != nil || next.Version != (Version{1, 1}) {
		t.Errorf("%v %v", next.Version, err)
	}
}

func TestSameFile(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b string
		want bool
	}{
		{"versions", "imap_mag_l1a_norm_20260105_v001.0003.cdf", "imap_mag_l1a_norm_20260105_v002.0001.cdf", true},
		{"forms of version", "imap_mag_l1a_norm_20260105_v001.0003.cdf", "imap_mag_l1a_norm_20260105_v003.cdf", true},
		{"itself", "imap_mag_l1a_norm_20260105_v003.cdf", "imap_mag_l1a_norm_20260105_v003.cdf", true},
		{"levels", "imap_mag_l1a_norm_20260105_v003.cdf", "imap_mag_l1b_norm_20260105_v003.cdf", false},
		{"repointings", "imap_mag_l1a_norm_20260105-repoint00001_v003.cdf", "imap_mag_l1a_norm_20260105-repoint00002_v003.cdf", false},
		{"repointing and rotation", "imap_mag_l1a_norm_20260105-repoint00001_v003.cdf", "imap_mag_l1a_norm_20260105-cr00001_v003.cdf", false},
		{"extensions", "imap_mag_l1a_norm_20260105_v003.png", "imap_mag_l1a_norm_20260105_v003.jpg", false},
		{"classes", "imap_mag_l1a_norm_20260105_v003.cdf", "imap_mag_l1a_norm_20260105_v003.json", false},
		{"ancillary versions", "imap_mag_x_20260105_v003.csv", "imap_mag_x_20260105_v004.csv", true},
		{"ancillary extensions", "imap_mag_x_20260105_v003.csv", "imap_mag_x_20260105_v003.tsv", false},
		{"ancillary ends", "imap_mag_x_20260105_v003.csv", "imap_mag_x_20260105_20260106_v003.csv", false},
		{"kernel versions", "imap_2025_118_2025_120_009.ah.bc", "imap_2025_118_2025_120_10.ah.bc", true},
		{"kernel days", "imap_2025_118_2025_120_009.ah.bc", "imap_2025_118_2025_121_009.ah.bc", false},
		{"kernel types", "imap_2025_118_2025_120_009.ah.bc", "imap_2025_118_2025_120_009.ap.bc", false},
		{"planets", "de440.bsp", "de441.bsp", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, errA := Parse(c.a)
			b, errB := Parse(c.b)
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if SameFile(a, b) != c.want || SameFile(b, a) != c.want {
				t.Errorf("not %v", c.want)
			}
		})
	}
}

func TestCompareSorts(t *testing.T) {
	want := []string{
		"imap_mag_l1a_norm_20260105_v003.cdf",
		"imap_mag_l1a_norm_20260105_v009.cdf",
		"imap_mag_l1a_norm_20260105_v001.0010.cdf",
		"imap_mag_l1a_norm_20260105_v002.0001.cdf",
		"imap_mag_l1a_norm_20260106_v001.cdf",
		"imap_swe_l1a_norm_20260105_v001.cdf",
		"imap_codice_x_20260105_v001.csv",
		"imap_2025_118_2025_120_009.ah.bc",
		"imap_2025_118_2025_120_10.ah.bc",
		"imap_2025_118_2025_120_100.ah.bc",
		"imap_codice_l1a_norm_20260105_v001.png",
		"imap_codice_l1a_norm_20260105_v001.json",
		"imap_codice_x_20260105_v001.txt",
	}
	var paths []FilePath
	for _, file := range want {
		path, err := Parse(file)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	slices.SortFunc(paths, Compare)
	var got []string
	for _, path := range paths {
		got = append(got, path.Filename())
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("-want +got\n%s", difference)
	}
}
