// Package sdc is a client of the REST API of the IMAP Science Data Center: it
// finds, downloads and uploads the mission's files.
//
//	client, err := sdc.New(sdc.Options{APIKey: key})
//	records, err := client.Query(ctx, sdc.Query{Instrument: []naming.Instrument{"mag"}})
//	report, err := client.DownloadAll(ctx, records.FilePaths(), sdc.DownloadOptions{})
//
// A Client may be used by many goroutines at once; they share one pool of
// connections.
package sdc
