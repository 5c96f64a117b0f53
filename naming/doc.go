// Package naming knows the file names of NASA's IMAP mission: it parses, checks
// and builds them, and says where in the archive a file lies.
//
// The conventions are those of the IMAP Science Data Center (SDC). Where its
// Python client accepts what they forbid, this package is stricter: a name must
// match to its end, digits are ASCII digits, dates are exactly eight of them,
// and a part that cannot be put into a name is an error, never dropped.
package naming
