package sample

import (
	"fmt"
	"time"

	"imapsh/naming"
)

// appendKernels adds the SPICE files of the archive whose first day is given: the kernels
// of times and frames, and for each day the spins and the repointings. There are no binary
// kernels.
func appendKernels(files []File, first time.Time) []File {
	add := func(name string, came time.Time) {
		kernel, err := naming.ParseSPICE(name)
		if err != nil {
			panic("sample: " + err.Error()) // the names are those below
		}
		path := kernel.ArchivePath()
		files = append(files, File{Path: path, Ingested: arrival(came, path), Released: true})
	}
	launch := startOf("20250924")
	for _, name := range []string{"naif0012.tls", "pck00011.tpc", "imap_sclk_0000.tsc", "imap_130.tf", "imap_science_0001.tf"} {
		add(name, launch)
	}
	for day := range days {
		start := first.AddDate(0, 0, day)
		end := start.AddDate(0, 0, 1)
		add(fmt.Sprintf("imap_%s_%s_01.spin.csv", yearAndDay(start), yearAndDay(end)), end)
		add(fmt.Sprintf("imap_%s_01.repoint.csv", yearAndDay(start)), end)
	}
	return files
}

// yearAndDay is a day as the names of SPICE files give it: 2026_001.
func yearAndDay(t time.Time) string { return fmt.Sprintf("%d_%03d", t.Year(), t.YearDay()) }

// kernelOf makes a SPICE file; nil for a type that the sample archive does not have.
func kernelOf(name naming.SPICEFilePath, n noise) []byte {
	switch name.Type {
	case "leapseconds":
		return []byte(leapSecondKernel)
	case "planetary_constants":
		return []byte("KPL/PCK\n\nRadii of the Earth in km, equatorial twice and polar (WGS 84).\n\n\\begindata\n\nBODY399_RADII = ( 6378.137 6378.137 6356.7523 )\n\n\\begintext\n")
	case "spacecraft_clock":
		return []byte(clockKernel)
	case "imap_frames":
		return fmt.Appendf(nil, frameKernel, "IMAP_SPACECRAFT", -43000)
	case "science_frames":
		return fmt.Appendf(nil, frameKernel, "IMAP_DPS", -43901)
	case "spin":
		return spinsOf(startOf(name.StartDate), n)
	case "repoint":
		return repointingsOf(startOf(name.EndDate))
	}
	return nil
}

// spinsOf is the table of the spins in the first hour of a day, of about 15 seconds each.
func spinsOf(day time.Time, n noise) []byte {
	const period = 15
	b := []byte("spin_number,spin_start_sec_sclk,spin_start_subsec_sclk,spin_start_utc,spin_period_sec,spin_period_valid,spin_phase_valid,spin_period_source,thruster_firing\n")
	number := daysBetween(startOf(firstDay), day) * secondsPerDay / period
	for i := range 3600 / period {
		start := day.Add(time.Duration(i) * period * time.Second)
		micros := n.below(20_000)
		b = fmt.Appendf(b, "%d,%d,%d,%s.%06d,%s,1,1,0,0\n", number+i, missionSeconds(start), micros,
			start.Format("2006-01-02 15:04:05"), micros, fixedPoint(period*1000+n.about(5), 3))
	}
	return b
}

// repointingsOf is the table of the repointings of a year's days up to one, which take
// a quarter of an hour after midnight. The last has not ended when the table is made.
func repointingsOf(day time.Time) []byte {
	b := []byte("repoint_start_sec_sclk,repoint_start_subsec_sclk,repoint_start_utc,repoint_end_sec_sclk,repoint_end_subsec_sclk,repoint_end_utc,repoint_id\n")
	for number := -41; number <= daysBetween(startOf(firstDay), day); number++ {
		start := startOf(firstDay).AddDate(0, 0, number)
		end := start.Add(15 * time.Minute)
		b = fmt.Appendf(b, "%d,0,%s.000,", missionSeconds(start), start.Format("2006-01-02 15:04:05"))
		if start.Equal(day) {
			b = append(b, "nan,nan,nan,"...)
		} else {
			b = fmt.Appendf(b, "%d,0,%s.000,", missionSeconds(end), end.Format("2006-01-02 15:04:05"))
		}
		b = fmt.Appendf(b, "%d\n", firstRepointing+number)
	}
	return b
}

// frameKernel defines a frame, to be filled with its name and its number.
const frameKernel = `KPL/FK

A frame of the sample archive of imapsh: not the mission's definition.

\begindata

FRAME_%[1]s = %[2]d
FRAME_%[2]d_NAME = '%[1]s'
FRAME_%[2]d_CLASS = 3
FRAME_%[2]d_CLASS_ID = %[2]d
FRAME_%[2]d_CENTER = -43

\begintext
`

// clockKernel relates the spacecraft's clock to time as the mission's first one does.
const clockKernel = `KPL/SCLK

The clock of the sample archive of imapsh: one count a second from 2010-01-01T00:00:00 UTC.

\begindata

SCLK_KERNEL_ID             = ( @2026-01-01 )
SCLK_DATA_TYPE_43          = ( 1 )
SCLK01_TIME_SYSTEM_43      = ( 2 )
SCLK01_N_FIELDS_43         = ( 2 )
SCLK01_MODULI_43           = ( 4294967296 50000 )
SCLK01_OFFSETS_43          = ( 0 0 )
SCLK01_OUTPUT_DELIM_43     = ( 2 )
SCLK_PARTITION_START_43    = ( 0.00000000000000e+00 )
SCLK_PARTITION_END_43      = ( 2.14748364799999e+14 )
SCLK01_COEFFICIENTS_43     = ( 0 @01-JAN-2010-00:01:06.184000 1.00000000000 )

\begintext
`

// leapSecondKernel has the leap seconds and constants of NAIF's naif0012.tls.
const leapSecondKernel = `KPL/LSK

The leap seconds up to 2017, as IERS announced them.

\begindata

DELTET/DELTA_T_A = 32.184
DELTET/K         = 1.657D-3
DELTET/EB        = 1.671D-2
DELTET/M         = ( 6.239996D0 1.99096871D-7 )
DELTET/DELTA_AT  = ( 10, @1972-JAN-1
                     11, @1972-JUL-1
                     12, @1973-JAN-1
                     13, @1974-JAN-1
                     14, @1975-JAN-1
                     15, @1976-JAN-1
                     16, @1977-JAN-1
                     17, @1978-JAN-1
                     18, @1979-JAN-1
                     19, @1980-JAN-1
                     20, @1981-JUL-1
                     21, @1982-JUL-1
                     22, @1983-JUL-1
                     23, @1985-JUL-1
                     24, @1988-JAN-1
                     25, @1990-JAN-1
                     26, @1991-JAN-1
                     27, @1992-JUL-1
                     28, @1993-JUL-1
                     29, @1994-JUL-1
                     30, @1996-JAN-1
                     31, @1997-JUL-1
                     32, @1999-JAN-1
                     33, @2006-JAN-1
                     34, @2009-JAN-1
                     35, @2012-JUL-1
                     36, @2015-JUL-1
                     37, @2017-JAN-1 )

\begintext
`
