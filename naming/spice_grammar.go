package naming

import "strings"

// spiceKind is one way to name a SPICE file: the pattern, what a file so named
// holds, and its directory under imap/spice.
type spiceKind struct {
	pattern    string
	kernelType KernelType
	directory  string
}

// spiceGrammar is the table of SPICE names; nothing changes it. A new kind of file
// is a row here, and its ending a word in the table of classes. In a pattern,
//
//	_spice.           stands for itself, in small letters or capitals
//	[recon]           must be spelled just so
//	<start YYYY_DDD>  is a date: start, end or prediction, written YYYYMMDD,
//	                  YYMMDD (1969 to 2068), YYYY_DDD (the day of the year) or
//	                  YYYY (its first day)
//	<version N>       is the version: one digit or more, or as many as NN, NNN
//	<_vN>             is a version that may be left out, or its digits
//	<_odNNN>          is an orbit determination, which may be left out
//	<text>            is made of letters, digits, - and _
//
// Day 366 of a common year is 1 January of the next, as for the official client.
var spiceGrammar = []spiceKind{
	{"imap_<start YYYY_DDD>_<end YYYY_DDD>_<version N>.[ah.bc]", "attitude_history", "ck"},
	{"imap_<start YYYY_DDD>_<end YYYY_DDD>_<version N>.[ap.bc]", "attitude_predict", "ck"},
	{"[imap_dps]_<start YYYY_DDD>_<end YYYY_DDD>_<version N>.ah.bc", "pointing_attitude", "ck"},
	{"imap_[recon]<_odNNN>_<start YYYYMMDD>_<end YYYYMMDD><_vN>.bsp", "ephemeris_reconstructed", "spk"},
	{"imap_[nom]<_odNNN>_<start YYYYMMDD>_<end YYYYMMDD><_vN>.bsp", "ephemeris_nominal", "spk"},
	{"imap_[pred]<_odNNN>_<start YYYYMMDD>_<end YYYYMMDD><_vN>.bsp", "ephemeris_predicted", "spk"},
	{"imap_[90days]<_odNNN>_<start YYYYMMDD>_<end YYYYMMDD><_vN>.bsp", "ephemeris_90days", "spk"},
	{"imap_[long]<_odNNN>_<start YYYYMMDD>_<end YYYYMMDD><_vN>.bsp", "ephemeris_long", "spk"},
	{"imap_[launch]<_odNNN>_<start YYYYMMDD>_<end YYYYMMDD><_vN>.bsp", "ephemeris_launch", "spk"},
	{"[de]<version N>.bsp", "planetary_ephemeris", "spk"},
	{"[pck]<version N>.tpc", "planetary_constants", "pck"},
	{"[naif]<version N>.tls", "leapseconds", "lsk"},
	{"[imap_sclk_]<version N>.tsc", "spacecraft_clock", "sclk"},
	{"imap_<version N>.[tf]", "imap_frames", "fk"},
	{"[imap_science]_<version N>.tf", "science_frames", "fk"},
	{"[imap_sdc_metakernel_]<start YYYY>[_v]<version NNN>[.tm]", "metakernel", "mk"},
	{"imap_<start YYYY_DDD>_a<version NN>.spice.[mk]", "metakernel", "mk"},
	{"imap_<start YYYY_DDD>_e<version NN>.[mk]", "metakernel", "mk"},
	{"[L1_de]<version N>.bsp", "lagrange_point", "spk"},
	{"earth_<start YYMMDD>_<end YYMMDD>_<prediction YYMMDD>.[bpc]", "earth_attitude", "pck"},
	{"imap_<start YYYY_DDD>_<end YYYY_DDD>_<version N>.[spin.csv]", "spin", "spin"},
	{"imap_<start YYYY_DDD>_<end YYYY_DDD>_<version N>.[spin]", "spin", "spin"},
	{"imap_<end YYYY_DDD>_<version N>.[repoint.csv]", "repoint", "repoint"},
	{"imap_<end YYYY_DDD>_<version N>.[repoint]", "repoint", "repoint"},
	{"imap_<start YYYY_DDD>_<end YYYY_DDD>_<text>_<version NN>.[sff]", "thruster", "activities"},
}

// form is the pattern as messages show it.
func (k spiceKind) form() string {
	return strings.NewReplacer("[", "", "]", "").Replace(k.pattern)
}

// extension is what a name of the kind has after its last dot.
func (k spiceKind) extension() string {
	_, extension := cutExtension(k.form())
	return extension
}
