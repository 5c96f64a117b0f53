// Package cdf reads files of NASA's Common Data Format, versions 2.4 to 3.9, as the
// "CDF Internal Format Description" (version 3.9) lays them down.
//
// Open reads the descriptors of a file: its attributes and what its variables are.
// Values are read when they are asked for, a variable or a range of its records at a
// time, through an io.ReaderAt:
//
//	f, err := cdf.OpenFile(ctx, "imap_mag_l2_norm-dsrf_20260120_v002.cdf", cdf.Options{})
//	v, ok := f.Variable("b_dsrf")
//	values, err := v.Read(ctx)            // all records
//	values, err = v.ReadRange(ctx, 0, 10) // the first ten
//	values.Float64s()
//
// Values are little-endian and in row-major order, whatever the file's encoding and
// majority. Single-file CDFs with rVariables and zVariables, in every IEEE encoding,
// whole or per variable compressed by GZIP or run lengths, with sparse records and
// pad values, are read. VAX floating point, Huffman compression and multi-file CDFs
// are refused by name with an *UnsupportedError.
//
// A file is not trusted: each record's size, type and place is checked before its
// content, no list of records is followed in a circle, and no more memory is taken
// than the values asked for need. What is wrong is a *FormatError, which names the
// record and its offset.
package cdf
