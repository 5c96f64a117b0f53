package naming

import (
	"slices"
	"strings"
)

// asSPICE is the parse function of the class.
func asSPICE(g *grammar, name string) (FilePath, error) {
	for i := range spiceGrammar {
		m := spiceMatch{name: name}
		if m.match(spiceGrammar[i].pattern, 0) {
			path, fs := m.path(&spiceGrammar[i])
			return path, fs.err(name, g.class)
		}
	}
	return SPICEFilePath{}, g.misfit(name).err(name, g.class)
}

// path is the file that a match of a kind's pattern names.
func (m *spiceMatch) path(kind *spiceKind) (path SPICEFilePath, fs faults) {
	_, extension := cutExtension(m.name)
	path = SPICEFilePath{
		Type:      kind.kernelType,
		Version:   m.name[m.versionAt:m.versionEnd],
		StartDate: m.start.day("start date", &fs),
		EndDate:   m.end.day("end date", &fs),
		Extension: extension,
		name:      m.name,
		versionAt: m.versionAt,
		directory: kind.directory,
	}
	m.prediction.day("prediction date", &fs)
	return path, fs
}

// misfit says what is wrong with a name that fits no pattern: which rest of it
// fits none, and what must stand there instead. When the extension is one of
// SPICE's, only the kinds that have it count.
func (g *grammar) misfit(name string) (fs faults) {
	_, extension := cutExtension(name)
	known := g.knows(extension)
	var farthest spiceMatch
	var kinds []spiceKind // that fit so far
	var wants []string    // what they want there
	for _, kind := range spiceGrammar {
		if known && !strings.EqualFold(kind.extension(), extension) {
			continue
		}
		m := spiceMatch{name: name}
		m.match(kind.pattern, 0)
		if len(kinds) == 0 || m.reached > farthest.reached {
			farthest, kinds, wants = m, nil, nil
		}
		if m.reached == farthest.reached {
			kinds = append(kinds, kind)
			if !slices.Contains(wants, m.wanted) {
				wants = append(wants, m.wanted)
			}
		}
	}
	want := strings.Join(wants, ", ")
	if len(wants) > 1 {
		want = "one of " + want
	}
	if len(kinds) == 1 {
		want += ", as in " + kinds[0].form()
	}
	rest := name[farthest.reached:]
	switch {
	case farthest.ending:
		fs.add("ending", rest, "must be "+want)
	case rest == name:
		fs.add(partName, name, "must begin with "+want)
	default:
		fs.add(partRest, rest, "must begin with "+want)
	}
	if !known && !farthest.ending {
		g.checkExtension(extension, &fs)
	}
	return fs
}
