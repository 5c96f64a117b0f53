// Package spice reads SPICE kernels in pure Go: times by leap second (LSK) and spacecraft clock (SCLK)
// kernels, what SPK and CK kernels cover, and positions from SPK kernels.
//
// The formats are those of NAIF's required reading documents (KERNEL, TIME, SCLK, DAF, SPK, CK).
// Attitude and frames are not computed here: for them there is SPICE itself, in Python spiceypy.
package spice
