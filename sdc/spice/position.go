package spice

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// bodies are NAIF's numbers of the bodies that IMAP's users name (NAIF integer ID codes).
var bodies = map[string]int{
	"SOLAR SYSTEM BARYCENTER": 0, "SSB": 0, "SUN": 10, "EARTH MOON BARYCENTER": 3, "EARTH-MOON BARYCENTER": 3, "EMB": 3,
	"EARTH": 399, "MOON": 301, "MERCURY": 199, "VENUS": 299, "MARS": 499, "MERCURY BARYCENTER": 1, "VENUS BARYCENTER": 2,
	"MARS BARYCENTER": 4, "JUPITER BARYCENTER": 5, "SATURN BARYCENTER": 6, "URANUS BARYCENTER": 7, "NEPTUNE BARYCENTER": 8,
	"PLUTO BARYCENTER": 9, "IMAP": -43, "L1": 391, "SUN-EARTH L1": 391,
}

// Body is NAIF's number of a body by name, in any letter case, or by its number.
func Body(name string) (int, error) {
	key := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(name), "_", " "))
	if n, ok := bodies[key]; ok {
		return n, nil
	}
	if n, err := strconv.Atoi(key); err == nil {
		return n, nil
	}
	names := make([]string, 0, len(bodies))
	for n := range bodies {
		names = append(names, n)
	}
	sort.Strings(names)
	return 0, fmt.Errorf("the body %q is not known; it must be a NAIF number or one of %s", name, strings.Join(names, ", "))
}

// maxChain bounds how many segments lead from a body to the common center; real chains have up to six.
const maxChain = 20

// Relative is the state of target as seen from observer at an ephemeris time, in J2000, geometric: without
// light time and aberration. Of the kernels the later one counts, as SPICE loads them.
func Relative(kernels []*Ephemeris, target, observer int, et float64) (State, error) {
	up, err := chain(kernels, target, et)
	if err != nil {
		return State{}, err
	}
	down, err := chain(kernels, observer, et)
	if err != nil {
		return State{}, err
	}
	for _, a := range up {
		for _, b := range down {
			if a.body == b.body {
				var state State
				for i := range state {
					state[i] = a.state[i] - b.state[i]
				}
				return state, nil
			}
		}
	}
	return State{}, fmt.Errorf("the kernels do not connect %d with %d at ephemeris time %.3f: %d leads to %d, %d to %d; a planetary kernel (de440) may be missing",
		target, observer, et, target, up[len(up)-1].body, observer, down[len(down)-1].body)
}

// link is a body on the way to the center, and the state of the chain's start relative to it.
type link struct {
	body  int
	state State
}

func chain(kernels []*Ephemeris, body int, et float64) ([]link, error) {
	links := []link{{body: body}}
	for range maxChain {
		last := links[len(links)-1]
		e, s, ok := find(kernels, last.body, et)
		if !ok {
			return links, nil
		}
		state, err := e.state(s, et)
		if err != nil {
			return nil, err
		}
		for i := range state {
			state[i] += last.state[i]
		}
		links = append(links, link{s.Center, state})
	}
	return nil, fmt.Errorf("the kernels' segments lead from body %d on and on", body)
}

// find is the segment that counts for a body at a time: the last one of the last kernel.
func find(kernels []*Ephemeris, body int, et float64) (*Ephemeris, Segment, bool) {
	for i := len(kernels) - 1; i >= 0; i-- {
		segments := kernels[i].segments
		for k := len(segments) - 1; k >= 0; k-- {
			if s := segments[k]; s.Target == body && s.Start <= et && et <= s.End {
				return kernels[i], s, true
			}
		}
	}
	return nil, Segment{}, false
}
