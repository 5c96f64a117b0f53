package archive

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/ephemeris"
)

// kernelCategory is what a metakernel needs kernels of: the types that serve, the best
// first.
type kernelCategory struct {
	name  string
	types []naming.KernelType
}

// kernelCategories are in the order in which SPICE loads them: of what two kernels say of
// one moment the later holds. Nothing changes them.
var kernelCategories = []kernelCategory{
	{"leapseconds", []naming.KernelType{"leapseconds"}},
	{"planetary_constants", []naming.KernelType{"planetary_constants"}},
	{"imap_frames", []naming.KernelType{"imap_frames"}},
	{"science_frames", []naming.KernelType{"science_frames"}},
	{"spacecraft_clock", []naming.KernelType{"spacecraft_clock"}},
	{"earth_attitude", []naming.KernelType{"earth_attitude"}},
	{"planetary_ephemeris", []naming.KernelType{"planetary_ephemeris"}},
	{"spacecraft_ephemeris_category", []naming.KernelType{
		"ephemeris_reconstructed", "ephemeris_nominal", "ephemeris_predicted", "ephemeris_90days", "ephemeris_long", "ephemeris_launch"}},
	{"spacecraft_attitude_category", []naming.KernelType{"attitude_history", "attitude_predict"}},
	{"pointing_attitude", []naming.KernelType{"pointing_attitude"}},
}

// span is a stretch of time, half open.
type span struct{ start, end time.Time }

// without is what is left of spans when one is taken out.
func without(spans []span, taken span) []span {
	var left []span
	for _, s := range spans {
		if !taken.start.Before(s.end) || !s.start.Before(taken.end) {
			left = append(left, s)
			continue
		}
		if s.start.Before(taken.start) {
			left = append(left, span{s.start, taken.start})
		}
		if taken.end.Before(s.end) {
			left = append(left, span{taken.end, s.end})
		}
	}
	return left
}

// choose picks the kernels of a category that cover a span, in the order in which they are
// loaded, and lists what none covers. Of each type the newest come first, and one is taken if
// it covers something that those before it do not.
func (c kernelCategory) choose(files []spiceFile, whole span) (chosen []spiceFile, gaps []span) {
	gaps = []span{whole}
	for _, kind := range c.types {
		ofType := slices.DeleteFunc(slices.Clone(files), func(f spiceFile) bool { return f.Type != kind })
		slices.SortStableFunc(ofType, func(a, b spiceFile) int { // newest first
			if order := naming.VersionOf(b.SPICEFilePath).Compare(naming.VersionOf(a.SPICEFilePath)); order != 0 {
				return order
			}
			return b.ingested.Compare(a.ingested)
		})
		for _, f := range ofType {
			left := gaps
			for _, covered := range f.spans {
				left = without(left, covered)
			}
			if !slices.Equal(left, gaps) {
				gaps = left
				chosen = append(chosen, f)
			}
		}
	}
	slices.Reverse(chosen)
	return chosen, gaps
}

// metakernelRequest is what /metakernel is asked for.
type metakernelRequest struct {
	whole           span
	path            string // before each name
	list            bool
	requireCoverage bool
	types           []string // empty: all
}

func parseMetakernel(list []parameter) (metakernelRequest, error) {
	r := metakernelRequest{whole: span{spiceStart, spiceEnd}}
	for _, p := range list {
		var err error
		switch p.name {
		case "start_time":
			r.whole.start, err = metakernelTime(p)
		case "end_time":
			r.whole.end, err = metakernelTime(p)
		case "spice_path":
			r.path = p.value
		case "list_files":
			r.list = strings.EqualFold(p.value, "true")
		case "require_coverage":
			r.requireCoverage = strings.EqualFold(p.value, "true")
		case "file_types":
			r.types = strings.Split(strings.ToLower(p.value), ",")
		default:
			err = unknownParameter(p.name, "metakernel", []string{"start_time", "end_time", "spice_path", "list_files", "require_coverage", "file_types"})
		}
		if err != nil {
			return r, err
		}
	}
	if !r.whole.start.Before(r.whole.end) {
		return r, badQuery("Invalid times: 'start_time' must be before 'end_time'.")
	}
	return r, nil
}

// metakernelTime reads a day or ephemeris seconds.
func metakernelTime(p parameter) (time.Time, error) {
	if day, err := time.Parse("20060102", p.value); err == nil {
		return day, nil
	}
	seconds, err := strconv.ParseFloat(p.value, 64)
	if err != nil || !(seconds >= 0 && seconds < 1e12) {
		return time.Time{}, badQuery(fmt.Sprintf("Invalid '%s' value %q. Use YYYYMMDD or ephemeris seconds past J2000.", p.name, p.value))
	}
	return ephemeris.UTC(seconds), nil
}

// answerMetakernel answers /metakernel.
func answerMetakernel(files []spiceFile, list []parameter) (any, error) {
	r, err := parseMetakernel(list)
	if err != nil {
		return nil, err
	}
	var chosen []spiceFile
	missing := map[string][][2]float64{}
	for _, c := range kernelCategories {
		if len(r.types) > 0 {
			c.types = slices.DeleteFunc(slices.Clone(c.types), func(kind naming.KernelType) bool { return !slices.Contains(r.types, string(kind)) })
			if len(c.types) == 0 {
				continue
			}
		}
		some, gaps := c.choose(files, r.whole)
		chosen = append(chosen, some...)
		for _, gap := range gaps {
			missing[c.name] = append(missing[c.name], [2]float64{ephemeris.Seconds(gap.start), ephemeris.Seconds(gap.end)})
		}
	}
	switch {
	case r.requireCoverage && len(missing) > 0:
		return nil, &spiceError{http.StatusUnprocessableEntity, missing}
	case len(chosen) == 0:
		return nil, &spiceError{http.StatusNotFound, plainText("No files found.")}
	case r.list:
		var names []string
		for _, f := range chosen {
			names = append(names, f.Filename())
		}
		return names, nil
	}
	return metakernel(chosen, r.path), nil
}

// maxKernelString is the length of a string in a text kernel, in bytes.
const maxKernelString = 80

// metakernel is the text of a metakernel. A name that is too long for one string is cut
// into pieces that end in +.
func metakernel(files []spiceFile, directory string) plainText {
	var b strings.Builder
	b.WriteString("KPL/MK\n\n\\begindata\n\nKERNELS_TO_LOAD = (\n")
	for i, f := range files {
		name := f.below()
		if directory != "" {
			name = strings.TrimSuffix(directory, "/") + "/" + name
		}
		name = strings.ReplaceAll(name, "'", "''")
		for len(name) > maxKernelString-1 {
			fmt.Fprintf(&b, "    '%s+',\n", name[:maxKernelString-1])
			name = name[maxKernelString-1:]
		}
		comma := ","
		if i == len(files)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "    '%s'%s\n", name, comma)
	}
	b.WriteString(")\n\n\\begintext\n")
	return plainText(b.String())
}
