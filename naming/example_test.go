package naming_test

import (
	"errors"
	"fmt"
	"slices"

	"imapsh/naming"
)

func ExampleParse() {
	path, err := naming.Parse("imap_mag_l1a_norm-mago_20260105-repoint00012_v001.0003.cdf")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(path.Class(), path.ArchivePath())
	for _, field := range path.Fields() {
		fmt.Println(field.Name, field.Value)
	}
	// Output:
	// science imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260105-repoint00012_v001.0003.cdf
	// mission imap
	// instrument mag
	// data_level l1a
	// descriptor norm-mago
	// start_date 20260105
	// repointing 12
	// cr <nil>
	// major_version 1
	// minor_version 3
	// extension cdf
}

func ExampleParse_invalid() {
	_, err := naming.Parse("imap_mag_l1a_norm_20260231_v1.cdf")
	var invalid *naming.InvalidNameError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Println(fault)
		}
	}
	// Output:
	// start date "20260231": must be a day of the calendar: February 2026 has 28 days
	// version "v1": must be vMMM.mmmm or vNNN, such as v001.0003 or v003
}

func ExampleNewScience() {
	path, err := naming.NewScience(naming.Product{
		Instrument: "swe", DataLevel: "l1a", Descriptor: "sci", StartDate: "20260201",
		Version: naming.Version{Major: 1, Minor: 3},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(path.Filename())
	// Output: imap_swe_l1a_sci_20260201_v001.0003.cdf
}

// The newest version among several of a file is the largest.
func ExampleCompare() {
	var versions []naming.FilePath
	for _, name := range []string{
		"imap_swe_l1a_sci_20260201_v001.0009.cdf",
		"imap_swe_l1a_sci_20260201_v001.0010.cdf",
		"imap_swe_l1a_sci_20260201_v012.cdf",
	} {
		path, err := naming.Parse(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		versions = append(versions, path)
	}
	newest := slices.MaxFunc(versions, naming.Compare)
	next, err := naming.Next(newest)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(newest.Filename())
	fmt.Println(next.Filename())
	// Output:
	// imap_swe_l1a_sci_20260201_v001.0010.cdf
	// imap_swe_l1a_sci_20260201_v001.0011.cdf
}
