package main

import _ "embed"

// notices are the licences of the modules that the program is built from. The test of
// them writes the file: go test ./cmd/imapsh -run Notices -update.
//
//go:embed THIRD_PARTY_NOTICES
var notices string
