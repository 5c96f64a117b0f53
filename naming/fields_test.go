package naming

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFields(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		want []Field
	}{
		{"product with a repointing", "imap_hit_l1b_raw_20150120-repoint01640_v452.3140.json", []Field{
			{"mission", "imap"}, {"instrument", "hit"}, {"data_level", "l1b"}, {"descriptor", "raw"},
			{"start_date", "20150120"}, {"repointing", 1640}, {"cr", nil},
			{"major_version", 452}, {"minor_version", 3140}, {"extension", "json"},
		}},
		{"product with a rotation", "imap_glows_l3b_ion-rate_20100422-cr00000_v000.cdf", []Field{
			{"mission", "imap"}, {"instrument", "glows"}, {"data_level", "l3b"}, {"descriptor", "ion-rate"},
			{"start_date", "20100422"}, {"repointing", nil}, {"cr", 0},
			{"major_version", nil}, {"minor_version", 0}, {"extension", "cdf"},
		}},
		{"open validity", "imap_mag_x_20240229_v003.csv", []Field{
			{"mission", "imap"}, {"instrument", "mag"}, {"descriptor", "x"},
			{"start_date", "20240229"}, {"end_date", nil}, {"version", "v003"}, {"extension", "csv"},
		}},
		{"closed validity", "imap_mag_data-release-001_20240229_20250228_v003.txt", []Field{
			{"mission", "imap"}, {"instrument", "mag"}, {"descriptor", "data-release-001"},
			{"start_date", "20240229"}, {"end_date", "20250228"}, {"version", "v003"}, {"extension", "txt"},
		}},
		{"attitude", "imap_2025_118_2025_120_009.ah.bc", []Field{
			{"type", "attitude_history"}, {"version", "009"},
			{"start_date", "20250428"}, {"end_date", "20250430"}, {"extension", "bc"},
		}},
		{"repoint", "imap_2013_366_44.repoint", []Field{
			{"type", "repoint"}, {"version", "44"},
			{"start_date", nil}, {"end_date", "20140101"}, {"extension", "repoint"},
		}},
		{"earth, of three centuries' halves", "earth_690101_681231_250717.bpc", []Field{
			{"type", "earth_attitude"}, {"version", nil},
			{"start_date", "19690101"}, {"end_date", "20681231"}, {"extension", "bpc"},
		}},
		{"metakernel", "imap_sdc_metakernel_2024_v001.tm", []Field{
			{"type", "metakernel"}, {"version", "001"},
			{"start_date", "20240101"}, {"end_date", nil}, {"extension", "tm"},
		}},
		{"ephemeris without a version", "imap_pred_od025_20181223_20280617_v.bsp", []Field{
			{"type", "ephemeris_predicted"}, {"version", nil},
			{"start_date", "20181223"}, {"end_date", "20280617"}, {"extension", "bsp"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := Parse(c.file)
			if err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(c.want, path.Fields()); difference != "" {
				t.Errorf("-want +got\n%s", difference)
			}
		})
	}
}
