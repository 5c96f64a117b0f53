package xtce

import (
	"cmp"
	"strconv"
	"strings"
)

// criteria is a condition over fields that stand earlier in the packet.
type criteria interface {
	holds(d *Decoder) (bool, error)
}

type (
	allOf []criteria
	anyOf []criteria
)

func (c allOf) holds(d *Decoder) (bool, error) {
	for _, one := range c {
		if ok, err := one.holds(d); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

func (c anyOf) holds(d *Decoder) (bool, error) {
	for _, one := range c {
		if ok, err := one.holds(d); err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}

// operand is a field's value as a condition sees it.
type operand struct {
	parameter  *Parameter
	calibrated bool
}

func (o operand) value(d *Decoder) (Value, error) {
	f := d.field(o.parameter)
	if f == nil {
		return Value{}, errorf("a condition asks for %s, which does not stand before it in the packet", o.parameter.Name)
	}
	if o.calibrated {
		return f.Value, nil
	}
	return f.Raw, nil
}

// comparison compares a field with a value of the definition, or with another field.
type comparison struct {
	left     operand
	operator string
	text     string // right side, where right is nil
	number   float64
	integer  int64
	isNumber bool
	isInt    bool
	right    *operand
}

func (c *comparison) holds(d *Decoder) (bool, error) {
	left, err := c.left.value(d)
	if err != nil {
		return false, err
	}
	if c.right != nil {
		right, err := c.right.value(d)
		if err != nil {
			return false, err
		}
		l, lok := left.Number()
		r, rok := right.Number()
		if lok && rok {
			return c.test(cmp.Compare(l, r)), nil
		}
		return c.test(cmp.Compare(left.String(), right.String())), nil
	}
	switch left.Kind {
	case Uint:
		if c.isInt {
			if c.integer < 0 {
				return c.test(1), nil
			}
			return c.test(cmp.Compare(left.bits, uint64(c.integer))), nil
		}
	case Int:
		if c.isInt {
			return c.test(cmp.Compare(int64(left.bits), c.integer)), nil
		}
	case Bool:
		return c.test(cmp.Compare(left.String(), strings.ToLower(c.text))), nil
	case None, String, Bytes:
		return c.test(cmp.Compare(left.String(), c.text)), nil
	}
	l, _ := left.Number()
	if !c.isNumber {
		return false, errorf("a condition compares the number %s with %q", c.left.parameter.Name, c.text)
	}
	return c.test(cmp.Compare(l, c.number)), nil
}

func (c *comparison) test(order int) bool {
	switch c.operator {
	case "==":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	default: // >=
		return order >= 0
	}
}

var operators = map[string]string{
	"": "==", "==": "==", "eq": "==", "!=": "!=", "neq": "!=", "<": "<", "lt": "<", "<=": "<=", "leq": "<=",
	">": ">", "gt": ">", ">=": ">=", "geq": ">=",
}

func (c *comparison) setRight(text string) {
	c.text = strings.TrimSpace(text)
	if i, err := parseInteger(c.text); err == nil {
		c.integer, c.isInt = i, true
		c.number, c.isNumber = float64(i), true
		return
	}
	if f, err := strconv.ParseFloat(c.text, 64); err == nil {
		c.number, c.isNumber = f, true
	}
}

// matchCriteria reads the one condition that stands in n: a Comparison, a ComparisonList or a BooleanExpression.
func (b *builder) matchCriteria(n *node) (criteria, error) {
	if err := n.only("Comparison ComparisonList BooleanExpression", ""); err != nil {
		return nil, err
	}
	for _, c := range n.children {
		switch c.name {
		case "Comparison":
			return b.comparison(c)
		case "ComparisonList":
			if err := c.only("Comparison", ""); err != nil {
				return nil, err
			}
			return b.each(c, b.comparison)
		case "BooleanExpression":
			if err := c.only("Condition ANDedConditions ORedConditions", ""); err != nil {
				return nil, err
			}
			return b.each(c, b.conditions)
		}
	}
	return nil, n.errorf("there is no condition")
}

func (b *builder) each(n *node, read func(*node) (criteria, error)) (allOf, error) {
	var all allOf
	for _, c := range n.children {
		one, err := read(c)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return nil, n.errorf("there is no condition")
	}
	return all, nil
}

func (b *builder) conditions(n *node) (criteria, error) {
	switch n.name {
	case "Condition":
		return b.condition(n)
	case "ANDedConditions", "ORedConditions":
		if err := n.only("Condition ANDedConditions ORedConditions", ""); err != nil {
			return nil, err
		}
		all, err := b.each(n, b.conditions)
		if n.name == "ORedConditions" {
			return anyOf(all), err
		}
		return all, err
	}
	return nil, n.errorf("a condition must be Condition, ANDedConditions or ORedConditions")
}

func (b *builder) comparison(n *node) (criteria, error) {
	if err := n.only("", "parameterRef value comparisonOperator useCalibratedValue"); err != nil {
		return nil, err
	}
	left, err := b.operand(n)
	if err != nil {
		return nil, err
	}
	value, err := n.need("value")
	if err != nil {
		return nil, err
	}
	c := &comparison{left: left}
	if c.operator, err = operator(n, n.attrs["comparisonOperator"]); err != nil {
		return nil, err
	}
	c.setRight(value)
	return c, nil
}

func (b *builder) condition(n *node) (criteria, error) {
	if err := n.only("ParameterInstanceRef ComparisonOperator Value", ""); err != nil {
		return nil, err
	}
	operands, op, value := n.all("ParameterInstanceRef"), n.child("ComparisonOperator"), n.child("Value")
	if op == nil || (len(operands) != 1 || value == nil) && (len(operands) != 2 || value != nil) {
		return nil, n.errorf("must hold a parameter, an operator, and a value or a second parameter")
	}
	c := &comparison{}
	var err error
	if c.left, err = b.operand(operands[0]); err != nil {
		return nil, err
	}
	if c.operator, err = operator(op, op.text); err != nil {
		return nil, err
	}
	if value != nil {
		c.setRight(value.text)
		return c, nil
	}
	right, err := b.operand(operands[1])
	c.right = &right
	return c, err
}

func operator(n *node, name string) (string, error) {
	op, ok := operators[strings.TrimSpace(name)]
	if !ok {
		return "", n.errorf("the operator %q must be one of ==, !=, <, <=, >, >=", name)
	}
	return op, nil
}

// operand reads parameterRef and useCalibratedValue of n.
func (b *builder) operand(n *node) (operand, error) {
	name, err := n.need("parameterRef")
	if err != nil {
		return operand{}, err
	}
	p := b.def.byName[name]
	if p == nil {
		return operand{}, n.errorf("there is no parameter %q in the definition", name)
	}
	calibrated, err := n.boolean("useCalibratedValue", true)
	return operand{parameter: p, calibrated: calibrated}, err
}
