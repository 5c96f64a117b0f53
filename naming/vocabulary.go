package naming

import "slices"

// Instrument is the second part of most names: one of the ten instruments, or
// one of the other sources of data (ialirt, l1const, spacecraft).
type Instrument string

// Values lists the allowed instruments, sorted.
func (Instrument) Values() []string { return slices.Clone(instruments) }

// instruments is fixed; nothing changes it.
var instruments = []string{
	"codice", "glows", "hi", "hit", "ialirt", "idex", "l1const", "lo",
	"mag", "spacecraft", "swapi", "swe", "ultra",
}

// DataLevel is the processing level of a product, from l0 (raw packets) to l3e.
type DataLevel string

// Values lists the allowed data levels in processing order.
func (DataLevel) Values() []string { return slices.Clone(dataLevels) }

// dataLevels is fixed; nothing changes it.
var dataLevels = []string{
	"l0", "l1", "l1a", "l1b", "l1c", "l1ca", "l1cb", "l1d",
	"l2", "l2a", "l2b", "l2c", "l3", "l3a", "l3b", "l3c", "l3d", "l3e",
}
