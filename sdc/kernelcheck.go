package sdc

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"imapsh/sdc/cdf/istp"
	"imapsh/sdc/spice"
)

// kernelKinds are what SPICE kernels hold, by the ending of their names.
var kernelKinds = map[string]spice.Kind{
	".tls": spice.LSK, ".tsc": spice.SCLK, ".tf": spice.FK, ".ti": spice.IK, ".tpc": spice.PCK, ".bpc": spice.PCK,
	".tm": spice.MK, ".bsp": spice.SPK, ".bc": spice.CK,
}

// checkKernel compares what a kernel is by its content with what its name says: a leap second kernel under an
// attitude kernel's name has been seen.
func checkKernel(path string) ([]istp.Finding, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	want := kernelKinds[strings.ToLower(filepath.Ext(path))]
	found := func(what string) []istp.Finding {
		return []istp.Finding{{
			Rule: "kernel", Level: istp.Error, Found: what,
			Right: fmt.Sprintf("a kernel of kind %s, as the ending %s says", want, filepath.Ext(path)),
		}}
	}
	kind, err := spice.Identify(f)
	var lost *os.PathError
	switch {
	case errors.As(err, &lost):
		return nil, err
	case err != nil:
		return found(err.Error()), nil
	case kind != want:
		return found(fmt.Sprintf("the content is a kernel of kind %s", kind)), nil
	}
	return nil, nil
}

// isKernel reports whether a file is a SPICE kernel by its name.
func isKernel(path string) bool { return kernelKinds[strings.ToLower(filepath.Ext(path))] != "" }
