// Package sample is a made-up archive of IMAP files: six weeks of all ten
// instruments, which end on any day that is asked for, for demonstrations and tests
// without a network.
//
// Names, packet and CDF layouts, APIDs and clocks are those of the mission; the
// values are not measurements, and the files that have room for a remark say so.
// Nothing is stored: FilesUntil lists the archive and Bytes makes a file from its path
// alone. Both give the same answer at every call, on every platform and Go
// release. For that, values are made with integers only (floating-point
// expressions may be fused on some processors) from a generator whose output its
// specification fixes.
package sample
