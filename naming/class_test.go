package naming

import (
	"fmt"
	"testing"
)

func TestParseOneClass(t *testing.T) {
	parse := map[Class]func(string) (FilePath, error){
		ClassScience:    func(name string) (FilePath, error) { return ParseScience(name) },
		ClassAncillary:  func(name string) (FilePath, error) { return ParseAncillary(name) },
		ClassSPICE:      func(name string) (FilePath, error) { return ParseSPICE(name) },
		ClassQuicklook:  func(name string) (FilePath, error) { return ParseQuicklook(name) },
		ClassDependency: func(name string) (FilePath, error) { return ParseDependency(name) },
		ClassRelease:    func(name string) (FilePath, error) { return ParseRelease(name) },
	}
	names := map[Class]string{
		ClassScience:    "imap_mag_l1a_norm_20260105_v001.cdf",
		ClassAncillary:  "imap_mag_x_20260105_v001.csv",
		ClassSPICE:      "imap_2025_118_2025_120_009.ah.bc",
		ClassQuicklook:  "imap_mag_l1a_norm_20260105_v001.png",
		ClassDependency: "imap_mag_l1a_norm_20260105_v001.json",
		ClassRelease:    "imap_mag_x_20260105_v001.txt",
	}
	for _, class := range Classes() {
		if parse[class] == nil || names[class] == "" {
			t.Errorf("class %s has no function of its own here, or no name", class)
		}
	}
	for class, name := range names {
		for asked, parse := range parse {
			t.Run(string(class)+" as "+string(asked), func(t *testing.T) {
				path, err := parse("some/where/" + name)
				switch {
				case asked != class && err == nil:
					t.Errorf("accepted %s", name)
				case asked == class && err != nil:
					t.Error(err)
				case asked == class && path.Filename() != name:
					t.Errorf("name %s", path.Filename())
				case asked == class && fmt.Sprint(path) != name:
					t.Errorf("it prints as %v", path)
				}
			})
		}
	}
}

// A name that two classes accept belongs to the first, but can be read as either.
func TestFirstClassWins(t *testing.T) {
	const name = "imap_codice_l1a_20250101_20250102_v001.json"
	path, err := Parse(name)
	if err != nil || path.Class() != ClassAncillary {
		t.Errorf("%v %v", path, err)
	}
	dependency, err := ParseDependency(name)
	if err != nil || dependency.Descriptor != "20250101" {
		t.Errorf("%v %v", dependency, err)
	}
}

// Whoever is given a vocabulary's words cannot change them for others.
func TestValuesAreCopies(t *testing.T) {
	Instrument("").Values()[0] = "changed"
	DataLevel("").Values()[0] = "changed"
	KernelType("").Values()[0] = "changed"
	if Instrument("").Values()[0] != "codice" || DataLevel("").Values()[0] != "l0" ||
		KernelType("").Values()[0] != "attitude_history" {
		t.Error("changed")
	}
}
