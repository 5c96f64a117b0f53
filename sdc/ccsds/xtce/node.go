package xtce

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// node is an element of the document, without namespace prefixes.
type node struct {
	name     string
	line     int
	attrs    map[string]string
	children []*node
	text     string
}

// maxDepth bounds how deep elements nest; definitions nest about twelve deep.
const maxDepth = 100

func readXML(r io.Reader) (*node, error) {
	d := xml.NewDecoder(r)
	var root *node
	var open []*node
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("not well-formed XML: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			line, _ := d.InputPos()
			n := &node{name: t.Name.Local, line: line, attrs: make(map[string]string, len(t.Attr))}
			for _, a := range t.Attr {
				if a.Name.Local != "xmlns" && (a.Name.Space == "" || a.Name.Space == t.Name.Space) {
					n.attrs[a.Name.Local] = a.Value
				}
			}
			if len(open) == maxDepth {
				return nil, n.errorf("elements nest more than %d deep", maxDepth)
			}
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, n)
			} else if root == nil {
				root = n
			}
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		}
	}
	if root == nil {
		return nil, errors.New("there is no element in the file")
	}
	return root, nil
}

func (n *node) errorf(format string, args ...any) error {
	return fmt.Errorf("line %d: %s: %w", n.line, n.name, fmt.Errorf(format, args...))
}

// described are elements that say something to people and nothing about the packets.
var described = []string{"LongDescription", "ShortDescription", "AliasSet", "AncillaryDataSet", "UnitSet", "Header"}

// labels are attributes that say something to people, or that hold for what sends packets.
var labels = []string{"shortDescription", "label", "initialValue"}

// only refuses child elements and attributes that are not known: ignoring one could decode a field wrongly.
func (n *node) only(children, attrs string) error {
	for _, c := range n.children {
		if !slices.Contains(strings.Fields(children), c.name) && !slices.Contains(described, c.name) {
			return c.errorf("this element inside %s is not supported; known are: %s", n.name, orNone(children))
		}
	}
	for name := range n.attrs {
		if !slices.Contains(strings.Fields(attrs), name) && !slices.Contains(labels, name) {
			return n.errorf("the attribute %s is not supported; known are: %s", name, orNone(attrs))
		}
	}
	return nil
}

func orNone(list string) string {
	if list == "" {
		return "none"
	}
	return strings.Join(strings.Fields(list), ", ")
}

func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (n *node) all(name string) []*node {
	var found []*node
	for _, c := range n.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// need is the value of an attribute that must be there.
func (n *node) need(attr string) (string, error) {
	v, ok := n.attrs[attr]
	if !ok {
		return "", n.errorf("the attribute %s is missing", attr)
	}
	return v, nil
}

func (n *node) boolean(attr string, def bool) (bool, error) {
	switch v := n.attrs[attr]; v {
	case "":
		return def, nil
	case "true", "1":
		return true, nil
	case "false", "0":
		return false, nil
	default:
		return false, n.errorf("%s=%q must be true or false", attr, v)
	}
}

func (n *node) integer(attr string, def int64) (int64, error) {
	v, ok := n.attrs[attr]
	if !ok {
		return def, nil
	}
	i, err := parseInteger(v)
	if err != nil {
		return 0, n.errorf("%s=%q must be an integer", attr, v)
	}
	return i, nil
}

func (n *node) float(attr string, def float64) (float64, error) {
	v, ok := n.attrs[attr]
	if !ok {
		return def, nil
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil {
		return 0, n.errorf("%s=%q must be a number", attr, v)
	}
	return f, nil
}

// parseInteger reads a decimal, 0x, 0o or 0b integer. Leading zeros are decimal, as XML Schema has them.
func parseInteger(s string) (int64, error) {
	s = strings.TrimSpace(s)
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, nil
	}
	return strconv.ParseInt(s, 0, 64)
}
