// Package datadir keeps a data directory that several people may write to. It opens regular
// files only, follows the symbolic links of those who may be trusted and no others, and
// shares what it makes with the group that the directory belongs to (tree.go, links.go,
// open.go). Over that lie a file on its way (part.go, spans.go, partnote.go, part_end.go),
// the records of what was verified (record.go) and the comparison with them (check.go), the
// locks of transfers (lock.go), and what killed ones left (leftover.go).
package datadir
