package xtce

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

func errorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// Definition is a definition of packets, read and checked. It does not change and may be used by several decoders.
type Definition struct {
	Name       string // of the space system
	parameters []*Parameter
	byName     map[string]*Parameter
	containers []*container
	root       *container
}

// builder reads a definition.
type builder struct{ def *Definition }

// Parse reads a definition. The error names line and element of what is wrong or not supported.
func Parse(r io.Reader) (*Definition, error) {
	top, err := readXML(r)
	if err != nil {
		return nil, err
	}
	if top.name != "SpaceSystem" {
		return nil, top.errorf("an XTCE definition starts with SpaceSystem")
	}
	if err := top.only("TelemetryMetaData CommandMetaData ServiceSet", "name schemaLocation operationalStatus"); err != nil {
		return nil, err
	}
	telemetry := top.child("TelemetryMetaData")
	if telemetry == nil {
		return nil, top.errorf("TelemetryMetaData is missing")
	}
	if err := telemetry.only("ParameterTypeSet ParameterSet ContainerSet", ""); err != nil {
		return nil, err
	}
	for _, set := range []string{"ParameterTypeSet", "ParameterSet", "ContainerSet"} {
		if telemetry.child(set) == nil {
			return nil, telemetry.errorf("%s is missing", set)
		}
	}
	b := &builder{def: &Definition{Name: top.attrs["name"], byName: map[string]*Parameter{}}}
	// Sizes and calibrators of types name parameters, and parameters name types: names come first.
	if err := b.names(telemetry.child("ParameterSet")); err != nil {
		return nil, err
	}
	if err := b.types(telemetry); err != nil {
		return nil, err
	}
	if err := b.containers(telemetry.child("ContainerSet")); err != nil {
		return nil, err
	}
	b.def.root, err = b.def.findRoot()
	return b.def, err
}

func (b *builder) names(set *node) error {
	if err := set.only("Parameter", ""); err != nil {
		return err
	}
	for _, n := range set.all("Parameter") {
		if err := n.only("ParameterProperties", "name parameterTypeRef"); err != nil {
			return err
		}
		name, err := n.need("name")
		if err != nil {
			return err
		}
		if b.def.byName[name] != nil {
			return n.errorf("there are two parameters %q", name)
		}
		p := &Parameter{Name: name, Description: description(n), id: len(b.def.parameters)}
		b.def.byName[name] = p
		b.def.parameters = append(b.def.parameters, p)
	}
	return nil
}

func (b *builder) types(telemetry *node) error {
	set := telemetry.child("ParameterTypeSet")
	if err := set.only(strings.Join(typeNames, " "), ""); err != nil {
		return err
	}
	types := map[string]*parameterType{}
	for _, n := range set.children {
		if !slices.Contains(typeNames, n.name) {
			continue
		}
		name, err := n.need("name")
		if err != nil {
			return err
		}
		if types[name] != nil {
			return n.errorf("there are two parameter types %q", name)
		}
		if types[name], err = b.parameterType(n); err != nil {
			return err
		}
	}
	for _, n := range telemetry.child("ParameterSet").all("Parameter") {
		t := types[n.attrs["parameterTypeRef"]]
		if t == nil {
			return n.errorf("there is no parameter type %q in the definition", n.attrs["parameterTypeRef"])
		}
		p := b.def.byName[n.attrs["name"]]
		p.typ, p.Unit = t, t.unit
		if p.Description == "" {
			p.Description = t.described
		}
	}
	return nil
}

// defaultRoot is the name of the container that describes the primary header in most definitions.
const defaultRoot = "CCSDSPacket"

// findRoot is the container at which a packet starts: the one that extends none and stands in none.
func (d *Definition) findRoot() (*container, error) {
	var tops []*container
	var names []string
	for _, c := range d.containers {
		if c.base == nil && !c.nested {
			if c.name == defaultRoot {
				return c, nil
			}
			tops = append(tops, c)
			names = append(names, c.name)
		}
	}
	if len(tops) != 1 {
		return nil, errorf("the definition must have one container that extends none, or one called %s; it has %d: %s",
			defaultRoot, len(tops), orNone(strings.Join(names, " ")))
	}
	return tops[0], nil
}
