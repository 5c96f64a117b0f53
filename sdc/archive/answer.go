package archive

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// chunkRows is how many rows are read from the catalog at a time.
const chunkRows = 2000

// answer gives the selected rows as a JSON list, in the order of their paths, to
// write, in pieces of chunkRows rows or fewer, some 700 kB. The catalog is not being
// read while write runs: a slow reader keeps nobody else waiting. Rows that are added meanwhile may be
// in the list or not.
func (c *catalog) answer(ctx context.Context, s selection, write func([]byte) error) error {
	piece := []byte{'['}
	comma := false
	emit := func(row []byte) {
		if comma {
			piece = append(piece, ',', '\n')
		}
		comma = true
		piece = append(piece, row...)
	}
	ranks := newRanker(s.rank)
	last, more := "", true
	for more {
		var err error
		if last, more, err = c.chunk(ctx, s, last, ranks, emit); err != nil {
			return fmt.Errorf("reading the table %s: %w", s.table.name, err)
		}
		if !more {
			ranks.flush(emit)
			piece = append(piece, ']')
		}
		if err := write(piece); err != nil {
			return err
		}
		piece = piece[:0]
	}
	return nil
}

// chunk emits the rows after a path, or has them wait with the ranks. It returns
// the path of the last and whether there may be more.
func (c *catalog) chunk(ctx context.Context, s selection, after string, ranks *ranker, emit func([]byte)) (string, bool, error) {
	query, args := s.sql(after)
	rows, err := c.db.QueryContext(ctx, query, args...)
	if err != nil {
		return "", false, err
	}
	defer rows.Close()
	n := 0
	last := after
	var row sql.RawBytes
	var rank candidate
	for ; rows.Next(); n++ {
		if s.rank == rankNone {
			if err := rows.Scan(&last, &row); err != nil {
				return "", false, err
			}
			emit(row)
			continue
		}
		if err := rows.Scan(&last, &row, &rank.repointing, &rank.major, &rank.minor); err != nil {
			return "", false, err
		}
		ranks.add(last, row, rank, emit)
	}
	return last, n == chunkRows, rows.Err()
}

// sql is the statement that reads one chunk. The key's order is the answer's,
// and the prefix that the paths must have keeps it to the part of the table where
// an instrument's files lie.
func (s selection) sql(after string) (string, []any) {
	columns := "file_path, row"
	if s.rank != rankNone {
		columns += ", COALESCE(repointing, -1), COALESCE(major_version, -1), minor_version"
	}
	args := []any{max(after, s.prefix), s.prefix[:len(s.prefix)-1] + "0"} // 0 is next to the slash
	where := append([]string{"file_path > ?", "file_path < ?"}, s.where...)
	args = append(args, s.args...)
	return fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY file_path LIMIT %d",
		columns, s.table.name, strings.Join(where, " AND "), chunkRows), args
}
