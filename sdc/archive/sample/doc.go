// Package sample is a made-up archive of IMAP files: six weeks of all ten
// instruments, from 2026-01-01 to 2026-02-11, for demonstrations and tests
// without a network.
//
// Names, packet and CDF layouts, APIDs and clocks are those of the mission; the
// values are not measurements, and the files that have room for a remark say so.
// Nothing is stored: Files lists the archive and Bytes makes a file from its path
// alone. Both give the same answer at every call, on every platform and Go
// release. For that, values are made with integers only (floating-point
// expressions may be fused on some processors) from a generator whose output its
// specification fixes.
package sample
