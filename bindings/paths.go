package bindings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/sdc"
)

// pathObject is a file name of one class in JavaScript.
type pathObject[P naming.FilePath] struct{ path P }

// parts are those of the name. Where it has the version in two numbers, the version as
// it stands in the name follows them.
func (p pathObject[P]) parts() []naming.Field {
	fields := p.path.Fields()
	at := slices.IndexFunc(fields, func(f naming.Field) bool { return f.Name == "minor_version" })
	if at < 0 {
		return fields
	}
	version := naming.Version{Major: naming.NoMajor}
	version.Minor, _ = fields[at].Value.(int)
	if major, ok := fields[at-1].Value.(int); ok {
		version.Major = major
	}
	return slices.Insert(fields, at+1, naming.Field{Name: "version", Value: version.String()})
}

// Names lists the parts of the name, and filename after them.
func (p pathObject[P]) Names() []string {
	var names []string
	for _, f := range p.parts() {
		names = append(names, f.Name)
	}
	return append(names, "filename")
}

// Get is a part of the name.
func (p pathObject[P]) Get(name string) (any, bool) {
	if name == "filename" {
		return p.path.Filename(), true
	}
	for _, f := range p.parts() {
		if f.Name == name {
			return f.Value, true
		}
	}
	return nil, false
}

// ArchivePath is the place of the file in the archive.
func (p pathObject[P]) ArchivePath() string { return p.path.ArchivePath() }

// Filename is the bare name.
func (p pathObject[P]) Filename() string { return p.path.Filename() }

// String is the bare name.
func (p pathObject[P]) String() string { return p.path.Filename() }

// FilePath is the name itself.
func (p pathObject[P]) FilePath() naming.FilePath { return p.path }

// namedInput is what a class of names is made from.
type namedInput struct {
	Name name `arg:"name" complete:"filename" doc:"file name, or a path that ends in one"`
}

// name is a string, or an object that has a file name.
type name string

// Kinds is the type of what has a file name.
func (name) Kinds() []string { return []string{"FileArgument"} }

// Decode reads the forms of a name.
func (n *name) Decode(value any) error {
	file, ok := fileOf(value)
	if !ok {
		return api.Usagef("must be a file name")
	}
	*n = name(file.Name)
	return nil
}

// pathKind registers a class of names: its JavaScript class, and how a name becomes an
// object of it.
type pathKind struct {
	class    naming.Class
	declared *api.Class
	object   func(naming.FilePath) any
}

// pathClass registers one class of names.
func pathClass[P naming.FilePath](h Host, className, doc string, parse func(string) (P, error), details ...api.ClassDetail[pathObject[P]]) pathKind {
	type object = pathObject[P]
	common := []api.ClassDetail[object]{
		api.Extends[object]("ImapFilePath"),
		fieldsOf[P](),
		api.Ctor(func(_ context.Context, in namedInput) (object, error) {
			path, err := parse(string(in.Name))
			return object{path}, err
		}),
		api.Text(object.Filename),
		api.Brief(func(o object) string { return className + " '" + o.Filename() + "'" }),
		api.Method("constructPath", "Gives the file's place on this machine, under DATA_DIR.", func(_ context.Context, o object, _ api.None) (string, error) {
			return h.Client.LocalPath(o.ArchivePath()), nil
		}),
		api.Method("archivePath", "Gives the file's place in the archive.", func(_ context.Context, o object, _ api.None) (string, error) {
			return o.ArchivePath(), nil
		}),
		api.Method("next", "Gives the name of the following version.", func(_ context.Context, o object, _ api.None) (object, error) {
			next, err := naming.Next(o.path)
			if err != nil {
				err = api.Usagef("next: %v", err)
			}
			return object{next}, err
		}),
		api.Method("sameFile", "Reports whether two names are versions of one file.", func(_ context.Context, o object, in namedInput) (bool, error) {
			other, err := naming.Parse(string(in.Name))
			return err == nil && naming.SameFile(o.path, other), err
		}),
		api.Method("compare", "Orders names, for sort: below 0 when this one comes first; versions of one file older first.", func(_ context.Context, o object, in namedInput) (int, error) {
			other, err := naming.Parse(string(in.Name))
			if err != nil {
				return 0, err
			}
			return naming.Compare(o.path, other), nil
		}),
	}
	var none P
	return pathKind{
		class:    none.Class(),
		declared: api.NewClass(className, doc, append(common, details...)...),
		object:   func(path naming.FilePath) any { return object{path.(P)} },
	}
}

// noPath is what ImapFilePath itself would hold: it has children only.
type noPath struct{ pathObject[naming.FilePath] }

// pathClasses are the classes of names, the parent of all first.
func (h Host) pathClasses() []*api.Class {
	kinds := h.pathKinds()
	classes := []*api.Class{
		api.NewClass("ImapFilePath", "A file name of the archive, of any class.",
			api.Static[noPath](api.Define("parse", "Finds the class of a name and reads it.", func(_ context.Context, in namedInput) (any, error) {
				path, err := naming.Parse(string(in.Name))
				if err != nil {
					return nil, err
				}
				return objectOf(kinds, path)
			}, api.Returns("AnyFilePath"))),
			api.Shown[noPath]("ImapFilePath.parse('imap_mag_l1-calibration_20251017_v001.cdf')"),
		),
	}
	for _, kind := range kinds {
		classes = append(classes, kind.declared)
	}
	return classes
}

// pathKinds registers every class of package naming; a test finds one that is missing.
func (h Host) pathKinds() []pathKind {
	return []pathKind{
		pathClass(h, "ScienceFilePath", "Name of a science product (cdf) or of raw packets (pkts).", naming.ParseScience,
			generateProduct(h, "", naming.NewScience),
			api.Shown[pathObject[naming.ScienceFilePath]]("new ScienceFilePath('imap_swe_l0_sci_20240101_v001.pkts').constructPath()"),
			api.Shown[pathObject[naming.ScienceFilePath]]("ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', start_date: '20240101', version: 'v001.0001'})"),
		),
		pathClass(h, "AncillaryFilePath", "Name of a calibration or another table that products are made with.", naming.ParseAncillary,
			generateValidity(h, "", naming.NewAncillary),
			api.Method("validOn", "Reports whether the file's validity covers a day.", func(_ context.Context, o pathObject[naming.AncillaryFilePath], in dayInput) (bool, error) {
				err := h.resolve(&in.Day)
				return err == nil && o.path.ValidOn(string(in.Day)), err
			}),
			api.Shown[pathObject[naming.AncillaryFilePath]]("new AncillaryFilePath('imap_mag_l1-calibration_20251017_v001.cdf').validOn('2026-01-05')"),
		),
		pathClass(h, "SPICEFilePath", "Name of a SPICE kernel or of a spin, repointing or thruster table.", naming.ParseSPICE),
		pathClass(h, "QuicklookFilePath", "Name of a picture for a quick look at a product.", naming.ParseQuicklook,
			generateProduct(h, "png", naming.NewQuicklook)),
		pathClass(h, "DependencyFilePath", "Name of the list of files that a product was made from.", naming.ParseDependency,
			generateProduct(h, "json", naming.NewDependency)),
		pathClass(h, "ReleaseFilePath", "Name of the manifest of a data release.", naming.ParseRelease,
			generateValidity(h, "txt", naming.NewRelease)),
	}
}

// objectOf is the object of a name's own class.
func objectOf(kinds []pathKind, path naming.FilePath) (any, error) {
	for _, kind := range kinds {
		if kind.class == path.Class() {
			return kind.object(path), nil
		}
	}
	return nil, fmt.Errorf("names of class %s have no object in JavaScript", path.Class())
}

type dayInput struct {
	Day sdc.Date `arg:"day" doc:"a day, such as 2026-01-05"`
}

// fieldDocs explain the parts that names have, whatever the class.
var fieldDocs = map[string]string{
	"mission":       "imap",
	"instrument":    "mag, swe, …",
	"data_level":    "l0, l1a, …",
	"descriptor":    "what the file holds: norm-mago, l1-calibration, …",
	"type":          "kind of kernel or table: attitude_history, spin, …",
	"start_date":    "first day, YYYYMMDD",
	"end_date":      "last day; null where the name has none",
	"repointing":    "number of the repointing, or null",
	"cr":            "Carrington rotation, or null",
	"major_version": "major part of the version; null for vNNN",
	"minor_version": "minor part of the version",
	"version":       "version of the file",
	"extension":     "without the dot",
	"filename":      "the name itself",
}

// fieldsOf describes the parts of a class's names.
func fieldsOf[P naming.FilePath]() api.ClassDetail[pathObject[P]] {
	var props []api.Prop
	for _, name := range (pathObject[P]{}).Names() {
		props = append(props, api.Prop{Name: name, Doc: fieldDocs[name]})
	}
	return func(c *api.Class) {
		api.Describe[pathObject[P]](props...)(c)
		api.Typed[pathObject[P]](map[string]string{
			"instrument": "Instrument", "data_level": "DataLevel",
			"repointing": "number | null", "cr": "number | null", "major_version": "number | null", "minor_version": "number", "end_date": "string | null",
		})(c)
	}
}

// productInput are the parts of a science-shaped name.
type productInput struct {
	Instrument   naming.Instrument `name:"instrument" doc:"instrument"`
	DataLevel    naming.DataLevel  `name:"data_level" doc:"data level such as l1a"`
	Descriptor   string            `name:"descriptor" doc:"name of the product"`
	StartDate    sdc.Date          `name:"start_date" doc:"first day of the data"`
	Version      string            `name:"version" doc:"v001.0003 or v003; or give its two numbers"`
	MajorVersion *int              `name:"major_version" doc:"0 to 999; left out: the older form vNNN"`
	MinorVersion *int              `name:"minor_version" doc:"0 to 9999"`
	Repointing   *sdc.Repointing   `name:"repointing" doc:"number, or repoint00012"`
	CR           *sdc.Rotation     `name:"cr" doc:"number of the Carrington rotation, or cr02300"`
	Extension    string            `name:"extension" doc:"default: that of the class"`
}

// version is the one of the two ways of giving it that was used.
func (in productInput) version() (naming.Version, error) {
	switch {
	case in.Version != "" && (in.MajorVersion != nil || in.MinorVersion != nil):
		return naming.Version{}, api.Usagef("give version, or major_version and minor_version, not both")
	case in.Version != "":
		return naming.ParseVersion(in.Version)
	case in.MinorVersion == nil:
		return naming.Version{}, api.Usagef("version is missing: give it as v001.0003")
	}
	v := naming.Version{Major: naming.NoMajor, Minor: *in.MinorVersion}
	if in.MajorVersion != nil {
		if v.Major = *in.MajorVersion; v.Major < 0 {
			return v, api.Usagef("major_version %d: must be from 0 to 999", v.Major)
		}
	}
	return v, nil
}

// generateProduct declares generateFromInputs of a class shaped like science, with
// the extension that is meant when none is given ("": build knows).
func generateProduct[P naming.FilePath](h Host, extension string, build func(naming.Product) (P, error)) api.ClassDetail[pathObject[P]] {
	return api.Static[pathObject[P]](api.Define("generateFromInputs", "Builds a name from its parts.", func(_ context.Context, in productInput) (pathObject[P], error) {
		version, err := in.version()
		if err != nil {
			return pathObject[P]{}, api.Usagef("generateFromInputs: %v", err)
		}
		if err := h.resolve(&in.StartDate); err != nil {
			return pathObject[P]{}, err
		}
		p := naming.Product{
			Instrument: in.Instrument, DataLevel: in.DataLevel, Descriptor: in.Descriptor, StartDate: string(in.StartDate),
			Repointing: (*int)(in.Repointing), CR: (*int)(in.CR), Version: version, Extension: strings.TrimPrefix(in.Extension, "."),
		}
		if p.Extension == "" {
			p.Extension = extension
		}
		path, err := build(p)
		return pathObject[P]{path}, err
	}))
}

// validityInput are the parts of an ancillary-shaped name.
type validityInput struct {
	Instrument naming.Instrument `name:"instrument" doc:"instrument"`
	Descriptor string            `name:"descriptor" doc:"name of the table"`
	StartDate  sdc.Date          `name:"start_date" doc:"first day it holds for"`
	EndDate    sdc.Date          `name:"end_date" doc:"last day it holds for; left out: no end"`
	Version    string            `name:"version" doc:"v003"`
	Extension  string            `name:"extension" doc:"such as csv"`
}

// generateValidity declares generateFromInputs of a class shaped like ancillary.
func generateValidity[P naming.FilePath](h Host, extension string, build func(naming.Validity) (P, error)) api.ClassDetail[pathObject[P]] {
	return api.Static[pathObject[P]](api.Define("generateFromInputs", "Builds a name from its parts.", func(_ context.Context, in validityInput) (pathObject[P], error) {
		version, err := naming.ParseVersion(in.Version)
		if err != nil {
			return pathObject[P]{}, api.Usagef("generateFromInputs: %v", err)
		}
		if err := h.resolve(&in.StartDate, &in.EndDate); err != nil {
			return pathObject[P]{}, err
		}
		v := naming.Validity{
			Instrument: in.Instrument, Descriptor: in.Descriptor, StartDate: string(in.StartDate), EndDate: string(in.EndDate),
			Version: version, Extension: strings.TrimPrefix(in.Extension, "."),
		}
		if v.Extension == "" {
			v.Extension = extension
		}
		path, err := build(v)
		return pathObject[P]{path}, err
	}))
}
