package sdc

// Columns are the fields of the records that a query finds, as the archive's own
// server sends them. They say what an answer without rows would have held; the fields
// of an answer with rows are those of its records.
func (q Query) Columns() []string {
	c, _, _ := q.catalog() // of a query that was answered
	switch c {
	case ancillary:
		return []string{"file_path", "instrument", "descriptor", "start_date", "end_date", "version", "extension",
			"ingestion_date", "released", fieldFilename}
	case spin, repoint, thruster:
		return []string{"file_path", "start_date", "end_date", "version", "ingestion_date", fieldFilename}
	case kernels:
		return []string{"file_name", "file_root", "kernel_type", "version",
			"min_date_j2000", "max_date_j2000", "file_intervals_j2000",
			"min_date_datetime", "max_date_datetime", "file_intervals_datetime",
			"min_date_sclk", "max_date_sclk", "file_intervals_sclk",
			"sclk_kernel", "lsk_kernel", "ingestion_date", "timestamp", fieldFilename}
	}
	return []string{"file_path", "instrument", "data_level", "descriptor", "start_date", "repointing",
		"major_version", "minor_version", "ingestion_date", "cr", "crid", "released", "extension", "version", fieldFilename}
}
