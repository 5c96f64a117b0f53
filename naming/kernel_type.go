package naming

import "slices"

// KernelType says what a SPICE file holds: a type of kernel, or spin, repoint
// and thruster, the files of events that the archive keeps with the kernels.
type KernelType string

// Values lists the types in the order in which names are tried for them.
func (KernelType) Values() []string {
	var types []string
	for _, kind := range spiceGrammar {
		if !slices.Contains(types, string(kind.kernelType)) {
			types = append(types, string(kind.kernelType))
		}
	}
	return types
}
