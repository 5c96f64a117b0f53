// Package scripts holds the recipes that ship with imapsh.
package scripts

import "embed"

// FS holds the recipes by their file names.
//
//go:embed *.js
var FS embed.FS
