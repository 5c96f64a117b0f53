package xtce

import (
	"cmp"
	"math"
	"slices"
)

// calibrator turns a raw value into a value in physical units.
type calibrator interface {
	calibrate(raw float64) (float64, error)
}

// polynomial holds coefficients by exponent.
type polynomial []float64

func (p polynomial) calibrate(x float64) (float64, error) {
	y := 0.0
	for i, c := range p {
		if c != 0 {
			y += c * math.Pow(x, float64(i))
		}
	}
	return y, nil
}

// spline connects points: order 0 keeps a point's value until the next, order 1 connects by lines.
type spline struct {
	points      []struct{ raw, calibrated float64 }
	order       int64
	extrapolate bool
}

func (s *spline) calibrate(x float64) (float64, error) {
	last := len(s.points) - 1
	if (x < s.points[0].raw || x > s.points[last].raw) && !s.extrapolate {
		return 0, errorf("the raw value %v is outside the calibrator's points, %v to %v", x, s.points[0].raw, s.points[last].raw)
	}
	i := 0
	for i < last && x >= s.points[i+1].raw {
		i++
	}
	if s.order == 0 || last == 0 {
		return s.points[i].calibrated, nil
	}
	i = min(i, last-1)
	a, b := s.points[i], s.points[i+1]
	return a.calibrated + (x-a.raw)*(b.calibrated-a.calibrated)/(b.raw-a.raw), nil
}

// contextCalibrator is a calibrator that holds where its criteria do.
type contextCalibrator struct {
	when       criteria
	calibrator calibrator
}

// calibrators reads the calibrators of an encoding.
func (b *builder) calibrators(n *node) (def calibrator, contexts []contextCalibrator, err error) {
	if d := n.child("DefaultCalibrator"); d != nil {
		if def, err = b.calibrator(d); err != nil {
			return nil, nil, err
		}
	}
	list := n.child("ContextCalibratorList")
	if list == nil {
		return def, nil, nil
	}
	if err := list.only("ContextCalibrator", ""); err != nil {
		return nil, nil, err
	}
	for _, c := range list.children {
		if err := c.only("ContextMatch Calibrator", ""); err != nil {
			return nil, nil, err
		}
		match, cal := c.child("ContextMatch"), c.child("Calibrator")
		if match == nil || cal == nil {
			return nil, nil, c.errorf("must hold ContextMatch and Calibrator")
		}
		when, err := b.matchCriteria(match)
		if err != nil {
			return nil, nil, err
		}
		calibrator, err := b.calibrator(cal)
		if err != nil {
			return nil, nil, err
		}
		contexts = append(contexts, contextCalibrator{when, calibrator})
	}
	return def, contexts, nil
}

func (b *builder) calibrator(n *node) (calibrator, error) {
	if err := n.only("PolynomialCalibrator SplineCalibrator", "name"); err != nil {
		return nil, err
	}
	if p := n.child("PolynomialCalibrator"); p != nil {
		return readPolynomial(p)
	}
	if s := n.child("SplineCalibrator"); s != nil {
		return readSpline(s)
	}
	return nil, n.errorf("there is no calibrator")
}

// maxExponent bounds a polynomial; IMAP's have exponents to 6.
const maxExponent = 64

func readPolynomial(n *node) (calibrator, error) {
	if err := n.only("Term", "name"); err != nil {
		return nil, err
	}
	var p polynomial
	for _, term := range n.all("Term") {
		if err := term.only("", "coefficient exponent"); err != nil {
			return nil, err
		}
		coefficient, err := term.float("coefficient", 0)
		if err != nil {
			return nil, err
		}
		exponent, err := term.integer("exponent", 0)
		if err != nil {
			return nil, err
		}
		if exponent < 0 || exponent > maxExponent {
			return nil, term.errorf("exponent=%d must be 0 to %d", exponent, maxExponent)
		}
		for int(exponent) >= len(p) {
			p = append(p, 0)
		}
		p[exponent] += coefficient
	}
	if len(p) == 0 {
		return nil, n.errorf("there is no term")
	}
	return p, nil
}

func readSpline(n *node) (calibrator, error) {
	if err := n.only("SplinePoint", "name order extrapolate"); err != nil {
		return nil, err
	}
	s := &spline{}
	var err error
	if s.order, err = n.integer("order", 1); err != nil {
		return nil, err
	}
	if s.order != 0 && s.order != 1 {
		return nil, n.errorf("order=%d is not supported; 0 and 1 are", s.order)
	}
	if s.extrapolate, err = n.boolean("extrapolate", false); err != nil {
		return nil, err
	}
	for _, point := range n.all("SplinePoint") {
		if err := point.only("", "raw calibrated order"); err != nil {
			return nil, err
		}
		raw, err := point.float("raw", 0)
		if err != nil {
			return nil, err
		}
		calibrated, err := point.float("calibrated", 0)
		if err != nil {
			return nil, err
		}
		s.points = append(s.points, struct{ raw, calibrated float64 }{raw, calibrated})
	}
	if len(s.points) == 0 {
		return nil, n.errorf("there is no point")
	}
	slices.SortStableFunc(s.points, func(a, b struct{ raw, calibrated float64 }) int { return cmp.Compare(a.raw, b.raw) })
	return s, nil
}
