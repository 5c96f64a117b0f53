package naming

// deviations are the questions of which this package thinks otherwise than the
// official client on purpose, each with the number of the rule that says why in
// docs/naming.md, "Stricter than the official client". Under rule 6 a rotation 0
// and an extension that l0 cannot have are parts like any others; the client
// drops them without a word.
var deviations = map[string]int{
	`detect "imap_dps_2028_038_2014_050_273.ah.bc "`: 1,
	`detect "IMAP_001.tfx"`:                          1,
	`detect "imap_science_0001.tf.gz"`:               1,
	`generate science {"cr": 0, "data_level": "l3b", "descriptor": "burst-magi", "extension": "cdf", "instrument": "swe", "major_version": 1, "minor_version": 9999, "repointing": "repoint00012", "start_time": "20251003"}`:    6,
	`generate science {"cr": 0, "data_level": "l1a", "descriptor": "45sensor-de", "extension": "cdf", "instrument": "idex", "major_version": 2, "minor_version": 2, "repointing": "repoint00012", "start_time": "20291119"}`:     6,
	`generate science {"cr": 0, "data_level": "l0", "descriptor": "sci", "extension": "pkts", "instrument": "swapi", "major_version": 0, "minor_version": 0, "repointing": 99999, "start_time": "20221001"}`:                     6,
	`generate science {"cr": 0, "data_level": "l3d", "descriptor": "pset", "extension": "cdf", "instrument": "glows", "major_version": 1, "minor_version": 999, "repointing": null, "start_time": "20280320"}`:                   6,
	`generate science {"cr": 0, "data_level": "l0", "descriptor": "sci", "extension": "nc", "instrument": "swe", "major_version": 2, "minor_version": 2, "repointing": null, "start_time": "20100723"}`:                          6,
	`generate science {"cr": 0, "data_level": "l3b", "descriptor": "hk", "extension": "pkts", "instrument": "hi", "major_version": 0, "minor_version": 9999, "repointing": 123, "start_time": "20240810"}`:                       6,
	`generate science {"cr": 0, "data_level": "l1a", "descriptor": "survival-probability-hi-45", "extension": "pkts", "instrument": "ultra", "major_version": 2, "minor_version": 2, "repointing": 1, "start_time": "20290810"}`: 6,
	`generate science {"cr": 0, "data_level": "l1d", "descriptor": "histogram", "extension": "cdf", "instrument": "glows", "major_version": 1, "minor_version": 1, "repointing": 99999, "start_time": "20190909"}`:               6,
	`generate science {"cr": 0, "data_level": "l2", "descriptor": "burst-magi", "extension": "pkts", "instrument": "l1const", "major_version": 0, "minor_version": 1, "repointing": null, "start_time": "20190912"}`:             6,
	`generate science {"cr": 0, "data_level": "l1c", "descriptor": "norm", "extension": "cdf", "instrument": "ialirt", "major_version": 1, "minor_version": 0, "repointing": null, "start_time": "20100119"}`:                    6,
	`generate science {"cr": 0, "data_level": "l1", "descriptor": "data-release-001", "extension": "cdf", "instrument": "swapi", "major_version": 2, "minor_version": 1000, "repointing": null, "start_time": "20201212"}`:       6,
	`generate science {"cr": 0, "data_level": "l3", "descriptor": "sci", "extension": "cdf", "instrument": "ultra", "major_version": 2, "minor_version": 1, "repointing": null, "start_time": "20120918"}`:                       6,
}
