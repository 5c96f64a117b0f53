// Package naming knows the file names of NASA's IMAP mission: it parses, checks
// and builds them, and says where in the archive a file lies.
//
// The conventions are those of the IMAP Science Data Center (SDC). Where its
// Python client accepts what they forbid, this package is stricter: a name must
// match to its end, digits are ASCII digits, dates are exactly eight of them,
// and a part that cannot be put into a name is an error, never dropped.
//
// Parse reads a name of any class; ParseScience and its kin read names of one
// class, and NewScience and its kin build them. SPICE names are only read. Next,
// SameFile, Compare and ValidOn answer what people ask of several names: which
// are versions of one file, which is newer, which holds for a day.
//
// An archive path has no element "..", is relative and is its own path.Clean. A
// descriptor may hold characters that a file system refuses (":" on Windows):
// whoever opens the file must expect that error.
package naming
