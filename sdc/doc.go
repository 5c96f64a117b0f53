// Package sdc is a client of the REST API of the IMAP Science Data Center: it
// finds, downloads and uploads the mission's files.
//
//	client, err := sdc.New(sdc.Options{APIKey: key})
//	records, err := client.Query(ctx, sdc.Query{Instrument: []naming.Instrument{"mag"}})
//	report, err := client.DownloadAll(ctx, records.FilePaths(), sdc.DownloadOptions{})
//
// Every file that has its final name is complete and verified. A transfer that broke off
// goes on where it stopped, transient failures are retried, and a credential goes to the
// origin it was given for and to no other. What was verified is recorded in the data
// directory's .imapsh/.
//
// The package is what the client does: queries (query_*.go), downloads (download_*.go),
// uploads (upload_*.go), and what transfers have in common (transfer_*.go). How it speaks to
// servers is internal/transport: which failures are retried and when is in its retry.go. The
// data directory is internal/datadir: the bytes of a file on its way are written by its
// part.go alone.
//
// A Client may be used by many goroutines at once; they share one pool of
// connections.
package sdc
