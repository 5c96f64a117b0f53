package naming

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGrammarKnowsExtensionsOfSPICE(t *testing.T) {
	var extensions []string
	for _, kind := range spiceGrammar {
		extensions = append(extensions, kind.extension())
	}
	slices.Sort(extensions)
	known := slices.Sorted(slices.Values(grammarOf(ClassSPICE).extensions))
	if difference := cmp.Diff(slices.Compact(extensions), known); difference != "" {
		t.Errorf("-patterns +table of classes\n%s", difference)
	}
}

// Were two patterns to fit one name, the order of the rows would matter.
func TestPatternsExcludeEachOther(t *testing.T) {
	filling := strings.NewReplacer(
		"YYYY_DDD", "2024_001", "YYYYMMDD", "20240101", "YYMMDD", "240101", "YYYY", "2024",
		"<start ", "", "<end ", "", "<prediction ", "", "<version ", "", "<text", "a",
		"<_odNNN", "_od001", "<_vN", "_v1", "NNN", "123", "NN", "12", "N", "123",
		">", "", "[", "", "]", "")
	for _, kind := range spiceGrammar {
		name := filling.Replace(kind.pattern)
		for _, name := range []string{name, strings.ToUpper(name)} {
			var fitting []string
			for _, other := range spiceGrammar {
				m := spiceMatch{name: name}
				if m.match(other.pattern, 0) {
					fitting = append(fitting, other.pattern)
				}
			}
			if len(fitting) > 1 || name != strings.ToUpper(name) && len(fitting) == 0 {
				t.Errorf("%s fits %q", name, fitting)
			}
		}
	}
}

func TestKernelTypes(t *testing.T) {
	want := []string{
		"attitude_history", "attitude_predict", "pointing_attitude",
		"ephemeris_reconstructed", "ephemeris_nominal", "ephemeris_predicted",
		"ephemeris_90days", "ephemeris_long", "ephemeris_launch",
		"planetary_ephemeris", "planetary_constants", "leapseconds", "spacecraft_clock",
		"imap_frames", "science_frames", "metakernel", "lagrange_point", "earth_attitude",
		"spin", "repoint", "thruster",
	}
	if difference := cmp.Diff(want, KernelType("").Values()); difference != "" {
		t.Errorf("-want +got\n%s", difference)
	}
}
