package naming

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAncillaryFilePathValidOn(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		day  string
		want bool
	}{
		{"before", "imap_mag_x_20250110_20250120_v001.csv", "20250109", false},
		{"first day", "imap_mag_x_20250110_20250120_v001.csv", "20250110", true},
		{"last day", "imap_mag_x_20250110_20250120_v001.csv", "20250120", true},
		{"after", "imap_mag_x_20250110_20250120_v001.csv", "20250121", false},
		{"before the open", "imap_mag_x_20250110_v001.csv", "20250109", false},
		{"first of the open", "imap_mag_x_20250110_v001.csv", "20250110", true},
		{"long after", "imap_mag_x_20250110_v001.csv", "20991231", true},
		{"ends before it starts", "imap_mag_x_20250120_20250110_v001.csv", "20250115", false},
		{"no day of the calendar", "imap_mag_x_20250110_v001.csv", "20250231", false},
		{"month", "imap_mag_x_20250110_v001.csv", "202502", false},
		{"nothing", "imap_mag_x_20250110_v001.csv", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, err := ParseAncillary(c.file)
			if err != nil {
				t.Fatal(err)
			}
			if file.ValidOn(c.day) != c.want {
				t.Errorf("not %v", c.want)
			}
		})
	}
}

func TestValidOn(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		want  []string
	}{
		{"none", nil, nil},
		{"none that covers the day",
			[]string{"imap_mag_x_20250701_v001.csv", "imap_mag_x_20250101_20250201_v002.csv"},
			nil},
		{"highest version of those that cover the day",
			[]string{"imap_mag_x_20250101_v001.csv", "imap_mag_x_20250101_v002.csv", "imap_mag_x_20250701_v003.csv"},
			[]string{"imap_mag_x_20250101_v002.csv"}},
		{"highest version, though it started earlier",
			[]string{"imap_mag_x_20250101_v002.csv", "imap_mag_x_20250601_v001.csv"},
			[]string{"imap_mag_x_20250101_v002.csv"}},
		{"later start of one version",
			[]string{"imap_mag_x_20250601_v001.csv", "imap_mag_x_20250101_v001.csv"},
			[]string{"imap_mag_x_20250601_v001.csv"}},
		{"name that sorts last of one version and start",
			[]string{"imap_mag_x_20250101_v001.dat", "imap_mag_x_20250101_v001.json", "imap_mag_x_20250101_v001.csv"},
			[]string{"imap_mag_x_20250101_v001.json"}},
		{"one for each instrument and descriptor, sorted",
			[]string{
				"imap_swe_x_20250101_v001.csv", "imap_mag_y_20250101_v001.csv",
				"imap_mag_x_20250101_v001.csv", "imap_mag_y_20250101_v002.csv",
			},
			[]string{"imap_mag_x_20250101_v001.csv", "imap_mag_y_20250101_v002.csv", "imap_swe_x_20250101_v001.csv"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var files []AncillaryFilePath
			for _, name := range c.files {
				file, err := ParseAncillary(name)
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, file)
			}
			for range 2 { // in either order of the files
				var got []string
				for _, file := range ValidOn(files, "20250615") {
					got = append(got, file.Filename())
				}
				if difference := cmp.Diff(c.want, got); difference != "" {
					t.Errorf("-want +got\n%s", difference)
				}
				slices.Reverse(files)
			}
		})
	}
}
