package present

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"imapsh/sdc/cdf"
)

// npy writes the values as NumPy's file of one array, version 1.0 of the format: as they
// are in the CDF, little-endian and row-major, EPOCH16 as two numbers.
// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
func (v valueWriter) npy(context.Context) error {
	shape := v.shape()
	if v.dataType == cdf.Epoch16 {
		shape = append(shape, 2)
	}
	list := make([]string, len(shape))
	for i, n := range shape {
		list[i] = strconv.Itoa(n)
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s,), }", v.npyType(), strings.Join(list, ", "))
	const fixed = 10                     // the magic string, the version and the length
	pad := 64 - (fixed+len(header)+1)%64 // the data begin at a multiple of 64
	header += strings.Repeat(" ", pad%64) + "\n"
	v.out.WriteString("\x93NUMPY\x01\x00")
	v.out.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(header))))
	v.out.WriteString(header)
	for chunk, err := range v.chunks {
		if err != nil {
			return err
		}
		if _, err := v.out.Write(chunk.Values.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// npyType is NumPy's name of a variable's type.
func (v valueWriter) npyType() string {
	switch {
	case v.dataType.IsText():
		return "|S" + strconv.Itoa(v.elements)
	case v.dataType.Size() == 1 && v.dataType == cdf.Uint1:
		return "|u1"
	case v.dataType.Size() == 1:
		return "|i1"
	case v.dataType == cdf.Epoch16:
		return "<f8"
	case v.dataType.IsFloat():
		return "<f" + strconv.Itoa(v.dataType.Size())
	case v.dataType == cdf.Uint2, v.dataType == cdf.Uint4:
		return "<u" + strconv.Itoa(v.dataType.Size())
	}
	return "<i" + strconv.Itoa(v.dataType.Size())
}
