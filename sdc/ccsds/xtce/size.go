package xtce

import "math"

// size is how long a field is, in bits.
type size struct {
	fixed     int
	field     *operand // the field that holds the size, where it is dynamic
	slope     float64
	intercept float64
	lookup    []sizeWhere // sizes by condition
}

// sizeWhere is a size that holds under a condition.
type sizeWhere struct {
	when criteria
	bits int
}

func (s *size) of(d *Decoder) (int, error) {
	if len(s.lookup) > 0 {
		for _, l := range s.lookup {
			ok, err := l.when.holds(d)
			if err != nil {
				return 0, err
			}
			if ok {
				return l.bits, nil
			}
		}
		return 0, errorf("no condition of its list of sizes holds")
	}
	if s.field == nil {
		return s.fixed, nil
	}
	v, err := s.field.value(d)
	if err != nil {
		return 0, err
	}
	n, ok := v.Number()
	if !ok {
		return 0, errorf("its size is that of %s, whose value %q is no number", s.field.parameter.Name, v)
	}
	bits := n*s.slope + s.intercept
	if bits < 0 || bits > math.MaxInt32 || bits != math.Trunc(bits) {
		return 0, errorf("its size by %s=%v is %v bits; it must be an integer from 0", s.field.parameter.Name, v, bits)
	}
	return int(bits), nil
}

// size reads the size that stands in n.
func (b *builder) size(n *node) (size, error) {
	if fixed := n.child("FixedValue"); fixed != nil {
		bits, err := parseInteger(fixed.text)
		if err != nil || bits < 0 || bits > math.MaxInt32 {
			return size{}, fixed.errorf("%q must be a number of bits", fixed.text)
		}
		return size{fixed: int(bits)}, nil
	}
	if dynamic := n.child("DynamicValue"); dynamic != nil {
		return b.dynamicSize(dynamic)
	}
	if list := n.child("DiscreteLookupList"); list != nil {
		return b.lookupSize(list)
	}
	return size{}, n.errorf("there is no size; it must be FixedValue, DynamicValue or DiscreteLookupList")
}

func (b *builder) dynamicSize(n *node) (size, error) {
	if err := n.only("ParameterInstanceRef LinearAdjustment", ""); err != nil {
		return size{}, err
	}
	ref := n.child("ParameterInstanceRef")
	if ref == nil {
		return size{}, n.errorf("ParameterInstanceRef is missing")
	}
	if err := ref.only("", "parameterRef useCalibratedValue"); err != nil {
		return size{}, err
	}
	of, err := b.operand(ref)
	if err != nil {
		return size{}, err
	}
	s := size{field: &of, slope: 1}
	if a := n.child("LinearAdjustment"); a != nil {
		if err := a.only("", "slope intercept"); err != nil {
			return size{}, err
		}
		// The standard's defaults are 0 for both.
		if s.slope, err = a.float("slope", 0); err != nil {
			return size{}, err
		}
		if s.intercept, err = a.float("intercept", 0); err != nil {
			return size{}, err
		}
	}
	return s, nil
}

func (b *builder) lookupSize(n *node) (size, error) {
	if err := n.only("DiscreteLookup", ""); err != nil {
		return size{}, err
	}
	var s size
	for _, l := range n.children {
		bits, err := l.integer("value", -1)
		if err != nil {
			return size{}, err
		}
		if bits < 0 || bits > math.MaxInt32 {
			return size{}, l.errorf("value must be a number of bits")
		}
		conditions := *l
		conditions.attrs = nil
		when, err := b.matchCriteria(&conditions)
		if err != nil {
			return size{}, err
		}
		s.lookup = append(s.lookup, sizeWhere{when, int(bits)})
	}
	if len(s.lookup) == 0 {
		return size{}, n.errorf("there is no size")
	}
	return s, nil
}
