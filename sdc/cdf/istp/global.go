package istp

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// requiredGlobals are the global attributes that the guidelines require, and what each
// holds.
var requiredGlobals = []struct{ name, holds string }{
	{"Project", "the project: STP>Solar Terrestrial Probes"},
	{"Source_name", "the mission or observatory: IMAP>Interstellar Mapping and Acceleration Probe"},
	{"Discipline", "the discipline: Solar Physics>Heliospheric Physics"},
	{"Data_type", "the data type: L2_norm>Level 2 normal rate"},
	{"Descriptor", "the instrument: MAG>Magnetometer"},
	{"Data_version", "the version of the file: 002"},
	{"Logical_file_id", "the file's name without the extension"},
	{"Logical_source", "the name without date and version"},
	{"Logical_source_description", "what the data are, for people"},
	{"Instrument_type", "the type of instrument: Magnetic Fields (space)"},
	{"Mission_group", "the group of missions: IMAP"},
	{"PI_name", "the principal investigator"},
	{"PI_affiliation", "the investigator's institution"},
	{"TEXT", "a description of the experiment"},
}

// versionPart is how a name ends: "_v002", with an extension or without.
var versionPart = regexp.MustCompile(`_v(\d+)(?:\.\d+)*$`)

// globals checks the attributes of the file.
func (c *checker) globals(name string) {
	if len(c.f.Attributes) == 0 {
		c.fail("", "attributes", "the file has no global attributes", "Logical_file_id, Data_version, Descriptor and their like")
		return
	}
	for _, a := range requiredGlobals {
		if attribute, ok := c.f.Attribute(a.name); !ok || len(attribute.Entries) == 0 {
			c.fail("", a.name, "the attribute is missing", a.holds)
		} else if attribute.Entries[0].Type.IsText() && attribute.Text() == "" {
			c.fail("", a.name, "the attribute is empty", a.holds)
		}
	}
	stem := strings.TrimSuffix(name, path.Ext(name))
	if id := c.global("Logical_file_id"); id != "" && name != "" && !strings.EqualFold(id, stem) {
		c.fail("", "Logical_file_id", fmt.Sprintf("it is %q", id), fmt.Sprintf("%q, as the file is called", stem))
	}
	part := versionPart.FindStringSubmatch(stem)
	if version := c.global("Data_version"); version != "" && part != nil && !sameNumber(version, part[1]) {
		c.fail("", "Data_version", fmt.Sprintf("it is %q", version), fmt.Sprintf("%q, as the file's name says", part[1]))
	}
	source, id := c.global("Logical_source"), c.global("Logical_file_id")
	if source != "" && id != "" && !strings.HasPrefix(strings.ToLower(id), strings.ToLower(source)+"_") {
		c.fail("", "Logical_source", fmt.Sprintf("it is %q", source), fmt.Sprintf("the beginning of Logical_file_id, %q", id))
	}
}

// global is the first entry of a global attribute, of whatever type.
func (c *checker) global(name string) string {
	a, ok := c.f.Attribute(name)
	if !ok || len(a.Entries) == 0 || a.Entries[0].Len() == 0 {
		return ""
	}
	return strings.TrimSpace(a.Entries[0].String(0))
}

// sameNumber reports whether a version, "v002", "2" or "002.0001", has a number's
// value.
func sameNumber(version, number string) bool {
	version = strings.TrimLeft(version, "vV")
	version, _, _ = strings.Cut(version, ".")
	return strings.TrimLeft(version, "0") == strings.TrimLeft(number, "0")
}
