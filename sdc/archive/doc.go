// Package archive is the Science Data Center's REST API over a local directory:
// /query, /download and /upload as the real server answers them, and the object
// store of another origin that its signed URLs point to.
//
// The bytes lie in a [Store] under their archive paths (imap/…); what is known
// of them lies in a catalog in SQLite, which [Open] brings up to date with the
// store.
package archive
