// Package present says how records, reports and failures look: tables, CSV, JSON and
// lines of text. It knows no JavaScript: the shell's functions and the commands of the
// command line print with it alike.
package present
