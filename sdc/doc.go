// Package sdc is a client of the REST API of the IMAP Science Data Center: it
// finds, downloads and uploads the mission's files.
//
//	client, err := sdc.New(sdc.Options{APIKey: key})
//	records, err := client.Query(ctx, sdc.Query{Instrument: []naming.Instrument{"mag"}})
//	report, err := client.DownloadAll(ctx, records.FilePaths(), sdc.DownloadOptions{})
//
// Every file that has its final name is whole and verified. A transfer that
// broke off goes on where it stopped, failures that can pass are tried again, and
// a credential goes to the origin it was given for and to no other. What was
// verified is kept in the data directory's .imapsh/.
//
// The engine of downloads is in fetch.go (one object into its part), with
// object.go (where its bytes are), part.go (the file on its way) and ranges.go
// (several connections); that of uploads in put.go. Both use retry.go, stall.go
// and progress.go.
//
// A Client may be used by many goroutines at once; they share one pool of
// connections.
package sdc
