// Package ccsds reads CCSDS space packets (CCSDS 133.0-B-2), the form in which IMAP's level 0 files
// (.pkts) hold what the instruments sent.
//
// A [Reader] gives the packets of a file one after another and reports what is no packet: bytes
// between packets, and a last packet that is cut short. [Survey] reads a whole file and counts, for
// each APID, packets, bytes, times, gaps of the sequence count, duplicates and grouping flags.
//
// The package xtce beside it decodes the fields of packets by a definition in XTCE.
package ccsds
