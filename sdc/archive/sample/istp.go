package sample

import (
	"fmt"
	"strings"

	"imapsh/naming"
)

// instrumentNames are the instruments as Descriptor gives them in the mission's files.
var instrumentNames = map[naming.Instrument]string{
	"codice": "CoDICE>Compact Dual Ion Composition Experiment",
	"glows":  "GLOWS>GLObal solar Wind Structure",
	"hi":     "Hi>IMAP High-Energy (IMAP-Hi) Energetic Neutral Atom Imager",
	"hit":    "HIT>High-energy Ion Telescope",
	"idex":   "IDEX>Interstellar Dust Experiment",
	"lo":     "Lo>IMAP Low-Energy (IMAP-Lo) Energetic Neutral Atom Imager",
	"mag":    "MAG>Magnetometer",
	"swapi":  "SWAPI>Solar Wind and Pickup Ion",
	"swe":    "SWE>Solar Wind Electron",
	"ultra":  "Ultra>IMAP Ultra-Energy (IMAP-Ultra) Energetic Neutral Atom Imager",
}

// globalAttributes are those that the ISTP guidelines ask for and the mission's
// files have; TEXT says that nothing was measured.
func globalAttributes(instrument naming.Instrument, dataType, source string, version naming.Version, filename string) []attribute {
	kind := "Particles (space)"
	if instrument == "mag" {
		kind = "Magnetic Fields (space)"
	}
	return []attribute{
		{"Project", text("STP>Solar Terrestrial Probes")},
		{"Source_name", text("IMAP>Interstellar Mapping and Acceleration Probe")},
		{"Discipline", text("Solar Physics>Heliospheric Physics")},
		{"Data_type", text(dataType)},
		{"Descriptor", text(instrumentNames[instrument])},
		{"Data_version", text(strings.TrimPrefix(version.String(), "v"))},
		{"File_naming_convention", text("source_descriptor_datatype_yyyyMMdd_vNNN")},
		{"Logical_file_id", text(strings.TrimSuffix(filename, ".cdf"))},
		{"Logical_source", text(source)},
		{"Logical_source_description", text("Sample of " + dataType[strings.Index(dataType, ">")+1:])},
		{"Instrument_type", text(kind)},
		{"Mission_group", text("IMAP")},
		{"PI_name", text("nobody")},
		{"PI_affiliation", text("the sample archive of imapsh")},
		{"TEXT", text("Made-up values of the sample archive of imapsh: not a measurement.")},
	}
}

// conversions are the units of the samples in those of the SI.
var conversions = map[string]string{
	"nT": "1.0e-9>T", "ns": "1.0e-9>s", "s": "1.0>s", "V": "1.0>V", "pC": "1.0e-12>C",
	"eV": "1.602e-19>J", "keV": "1.602e-16>J", "deg": "1.745e-2>rad",
	"1/(cm^2 s sr keV)": "6.242e19>1/(m^2 s sr J)",
}

// described gives a variable the attributes that ISTP asks of every one: what it is, what
// its values are and between which they lie.
func (v variable) described(role, description, units, format string, fill, low, high value) variable {
	conversion, ok := conversions[units]
	if !ok {
		conversion = "1.0>" + units
	}
	v.attributes = append([]attribute{
		{"CATDESC", text(description)},
		{"FIELDNAM", text(v.name)},
		{"VAR_TYPE", text(role)},
		{"FORMAT", text(format)},
		{"FILLVAL", fill},
	}, v.attributes...)
	if v.dataType != typeChar {
		v.attributes = append(v.attributes,
			attribute{"UNITS", text(units)},
			attribute{"SI_CONVERSION", text(conversion)},
			attribute{"VALIDMIN", low},
			attribute{"VALIDMAX", high})
	}
	v.pad = fill.bytes
	return v
}

// labels is the variable that names the components of another.
func labels(name, of string, words []string) variable {
	width := 0
	for _, word := range words {
		width = max(width, len(word))
	}
	var values []byte
	for _, word := range words {
		values = fmt.Appendf(values, "%-*s", width, word)
	}
	fill := text(strings.Repeat(" ", width))
	v := variable{
		name: name, dataType: typeChar, elements: int32(width), dimensions: []int32{int32(len(words))},
		records: 1, fixed: true, values: values,
	}
	return v.described("metadata", "labels of "+of, " ", fmt.Sprintf("A%d", width), fill, fill, fill)
}
