package sample

import "imapsh/naming"

// period is what one file of a series covers.
type period int

const (
	daily      period = iota
	pointing          // a day too, and the name bears the number of the repointing
	weekly            // seven days from the start date
	map3months        // a sky map, one for the whole archive
)

// days is the number of days from one file of a series to the next.
func (p period) days() int {
	switch p {
	case weekly:
		return 7
	case map3months:
		return days
	}
	return 1
}

// series is a product that the archive has for every period.
type series struct {
	instrument naming.Instrument
	level      naming.DataLevel
	descriptor string
	every      period
	remade     bool // part of the reprocessing campaign
	quicklook  bool // a picture, not data
}

// products is the table of series; nothing changes it. Descriptors are those of
// the mission's processing (the global attributes and the dependency table of
// imap_processing and sds-data-manager).
var products = []series{
	{instrument: "codice", level: "l0", descriptor: "raw"},
	{instrument: "codice", level: "l1a", descriptor: "hi-omni"},
	{instrument: "codice", level: "l1a", descriptor: "hi-sectored"},
	{instrument: "codice", level: "l1a", descriptor: "hskp"},
	{instrument: "codice", level: "l1a", descriptor: "lo-nsw-species"},
	{instrument: "codice", level: "l1a", descriptor: "lo-sw-angular"},
	{instrument: "codice", level: "l1a", descriptor: "lo-sw-species"},
	{instrument: "codice", level: "l1b", descriptor: "hi-omni"},
	{instrument: "codice", level: "l1b", descriptor: "lo-sw-species"},
	{instrument: "codice", level: "l2", descriptor: "hi-omni"},
	{instrument: "codice", level: "l2", descriptor: "lo-sw-species"},
	{instrument: "codice", level: "l2", descriptor: "hi-omni", every: weekly, quicklook: true},

	{instrument: "glows", level: "l0", descriptor: "raw"},
	{instrument: "glows", level: "l1a", descriptor: "de", every: pointing},
	{instrument: "glows", level: "l1a", descriptor: "hist", every: pointing},
	{instrument: "glows", level: "l1b", descriptor: "de", every: pointing},
	{instrument: "glows", level: "l1b", descriptor: "hist", every: pointing},
	{instrument: "glows", level: "l2", descriptor: "hist", every: pointing},

	{instrument: "hi", level: "l0", descriptor: "raw"},
	{instrument: "hi", level: "l1a", descriptor: "45sensor-de", every: pointing},
	{instrument: "hi", level: "l1a", descriptor: "90sensor-de", every: pointing},
	{instrument: "hi", level: "l1b", descriptor: "45sensor-de", every: pointing},
	{instrument: "hi", level: "l1b", descriptor: "90sensor-de", every: pointing},
	{instrument: "hi", level: "l1c", descriptor: "45sensor-pset", every: pointing},
	{instrument: "hi", level: "l1c", descriptor: "90sensor-pset", every: pointing},
	{instrument: "hi", level: "l2", descriptor: "h45-ena-h-sf-nsp-full-hae-4deg-3mo", every: map3months},
	{instrument: "hi", level: "l2", descriptor: "h90-ena-h-sf-nsp-full-hae-4deg-3mo", every: map3months},

	{instrument: "hit", level: "l0", descriptor: "raw"},
	{instrument: "hit", level: "l1a", descriptor: "counts"},
	{instrument: "hit", level: "l1a", descriptor: "direct-events"},
	{instrument: "hit", level: "l1b", descriptor: "sectored-rates"},
	{instrument: "hit", level: "l1b", descriptor: "standard-rates"},
	{instrument: "hit", level: "l2", descriptor: "macropixel-intensity"},
	{instrument: "hit", level: "l2", descriptor: "standard-intensity"},

	{instrument: "idex", level: "l0", descriptor: "raw"},
	{instrument: "idex", level: "l1a", descriptor: "sci-1week", every: weekly},
	{instrument: "idex", level: "l1b", descriptor: "sci-1week", every: weekly},
	{instrument: "idex", level: "l2a", descriptor: "sci-1week", every: weekly},

	{instrument: "lo", level: "l0", descriptor: "raw"},
	{instrument: "lo", level: "l1a", descriptor: "de", every: pointing},
	{instrument: "lo", level: "l1a", descriptor: "histogram", every: pointing},
	{instrument: "lo", level: "l1b", descriptor: "de", every: pointing},
	{instrument: "lo", level: "l1b", descriptor: "histrates", every: pointing},
	{instrument: "lo", level: "l1c", descriptor: "pset", every: pointing},
	{instrument: "lo", level: "l2", descriptor: "l090-ena-h-sf-nsp-ram-hae-6deg-3mo", every: map3months},

	{instrument: "mag", level: "l0", descriptor: "raw"},
	{instrument: "mag", level: "l1a", descriptor: "burst-magi"},
	{instrument: "mag", level: "l1a", descriptor: "burst-mago"},
	{instrument: "mag", level: "l1a", descriptor: "norm-magi"},
	{instrument: "mag", level: "l1a", descriptor: "norm-mago"},
	{instrument: "mag", level: "l1b", descriptor: "burst-magi", remade: true},
	{instrument: "mag", level: "l1b", descriptor: "burst-mago", remade: true},
	{instrument: "mag", level: "l1b", descriptor: "norm-magi", remade: true},
	{instrument: "mag", level: "l1b", descriptor: "norm-mago", remade: true},
	{instrument: "mag", level: "l1c", descriptor: "norm-magi", remade: true},
	{instrument: "mag", level: "l1c", descriptor: "norm-mago", remade: true},
	{instrument: "mag", level: "l1d", descriptor: "norm-dsrf", remade: true},
	{instrument: "mag", level: "l2", descriptor: "burst-dsrf", remade: true},
	{instrument: "mag", level: "l2", descriptor: "norm-dsrf", remade: true},
	{instrument: "mag", level: "l2", descriptor: "norm-gse", remade: true},
	{instrument: "mag", level: "l2", descriptor: "norm-rtn", remade: true},
	{instrument: "mag", level: "l2", descriptor: "norm-dsrf", quicklook: true},

	{instrument: "swapi", level: "l0", descriptor: "raw"},
	{instrument: "swapi", level: "l1", descriptor: "hk"},
	{instrument: "swapi", level: "l1", descriptor: "sci"},
	{instrument: "swapi", level: "l2", descriptor: "sci", remade: true},
	{instrument: "swapi", level: "l2", descriptor: "sci", every: weekly, quicklook: true},

	{instrument: "swe", level: "l0", descriptor: "raw"},
	{instrument: "swe", level: "l1a", descriptor: "hk"},
	{instrument: "swe", level: "l1a", descriptor: "sci"},
	{instrument: "swe", level: "l1b", descriptor: "sci", remade: true},
	{instrument: "swe", level: "l2", descriptor: "sci", remade: true},

	{instrument: "ultra", level: "l0", descriptor: "raw"},
	{instrument: "ultra", level: "l1a", descriptor: "45sensor-de", every: pointing},
	{instrument: "ultra", level: "l1a", descriptor: "90sensor-de", every: pointing},
	{instrument: "ultra", level: "l1b", descriptor: "45sensor-de", every: pointing},
	{instrument: "ultra", level: "l1b", descriptor: "90sensor-de", every: pointing},
	{instrument: "ultra", level: "l1c", descriptor: "45sensor-spacecraftpset", every: pointing},
	{instrument: "ultra", level: "l1c", descriptor: "90sensor-spacecraftpset", every: pointing},
	{instrument: "ultra", level: "l2", descriptor: "u90-ena-h-sf-nsp-full-hae-4deg-3mo", every: map3months},
}
