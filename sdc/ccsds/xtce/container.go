package xtce

// container is a part of a packet: fields and other containers, in order.
type container struct {
	name     string
	abstract bool
	entries  []entry
	base     *container
	when     criteria // under which a packet of base is one of this
	heirs    []*container
	nested   bool // another container's entries name it
}

// entry is a field or a container, where its condition holds.
type entry struct {
	parameter *Parameter
	container *container
	when      criteria
}

// containers reads the containers, which may name one another in any order.
func (b *builder) containers(set *node) error {
	if err := set.only("SequenceContainer", ""); err != nil {
		return err
	}
	byName := map[string]*container{}
	for _, n := range set.all("SequenceContainer") {
		name, err := n.need("name")
		if err != nil {
			return err
		}
		if byName[name] != nil {
			return n.errorf("there are two containers %q", name)
		}
		byName[name] = &container{name: name}
		b.def.containers = append(b.def.containers, byName[name])
	}
	for i, n := range set.all("SequenceContainer") {
		if err := b.container(n, b.def.containers[i], byName); err != nil {
			return err
		}
	}
	checked := map[*container]bool{}
	for _, c := range b.def.containers {
		if err := c.circle(checked, map[*container]bool{}); err != nil {
			return err
		}
	}
	return nil
}

// circle refuses containers that hold or extend themselves.
func (c *container) circle(checked, above map[*container]bool) error {
	if above[c] {
		return errorf("the container %q holds or extends itself", c.name)
	}
	if checked[c] {
		return nil
	}
	above[c] = true
	for _, e := range c.entries {
		if e.container != nil {
			if err := e.container.circle(checked, above); err != nil {
				return err
			}
		}
	}
	if c.base != nil {
		if err := c.base.circle(checked, above); err != nil {
			return err
		}
	}
	delete(above, c)
	checked[c] = true
	return nil
}

func (b *builder) container(n *node, c *container, byName map[string]*container) error {
	if err := n.only("EntryList BaseContainer BinaryEncoding", "name abstract idlePattern"); err != nil {
		return err
	}
	var err error
	if c.abstract, err = n.boolean("abstract", false); err != nil {
		return err
	}
	if base := n.child("BaseContainer"); base != nil {
		if err := base.only("RestrictionCriteria", "containerRef"); err != nil {
			return err
		}
		if c.base = byName[base.attrs["containerRef"]]; c.base == nil {
			return base.errorf("there is no container %q in the definition", base.attrs["containerRef"])
		}
		c.base.heirs = append(c.base.heirs, c)
		if r := base.child("RestrictionCriteria"); r != nil {
			if c.when, err = b.matchCriteria(r); err != nil {
				return err
			}
		}
	}
	list := n.child("EntryList")
	if list == nil {
		return n.errorf("EntryList is missing")
	}
	if err := list.only("ParameterRefEntry ContainerRefEntry", ""); err != nil {
		return err
	}
	for _, e := range list.children {
		if err := b.entry(e, c, byName); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) entry(n *node, c *container, byName map[string]*container) error {
	var e entry
	switch n.name {
	case "ParameterRefEntry":
		if err := n.only("IncludeCondition", "parameterRef"); err != nil {
			return err
		}
		if e.parameter = b.def.byName[n.attrs["parameterRef"]]; e.parameter == nil {
			return n.errorf("there is no parameter %q in the definition", n.attrs["parameterRef"])
		}
	case "ContainerRefEntry":
		if err := n.only("IncludeCondition", "containerRef"); err != nil {
			return err
		}
		if e.container = byName[n.attrs["containerRef"]]; e.container == nil {
			return n.errorf("there is no container %q in the definition", n.attrs["containerRef"])
		}
		e.container.nested = true
	default: // a description
		return nil
	}
	if w := n.child("IncludeCondition"); w != nil {
		var err error
		if e.when, err = b.matchCriteria(w); err != nil {
			return err
		}
	}
	c.entries = append(c.entries, e)
	return nil
}
