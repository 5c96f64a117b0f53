package bindings_test

import (
	"testing"
	"time"

	"imapsh/sdc"
)

// TestRelativeDays: a day that is given as today or -7d counts from the client's clock in
// every function that takes one, as it does in a query.
func TestRelativeDays(t *testing.T) {
	w := newWorld(t, sdc.Options{Now: func() time.Time { return time.Date(2026, 1, 12, 1, 2, 3, 0, time.UTC) }})
	for source, want := range map[string]string{
		"day('today') + ' ' + day('-1w') + ' ' + day('20260101 08:24:50')": "20260112 20260105 20260101",
		"addDays('yesterday', 1)": "20260112",
		"[...new Set(query({instrument: 'swe', start_date: '-2d', end_date: 'yesterday'}).map(f => f.start_date))].join()":                                               "20260110,20260111",
		"[...new Set(query({instrument: 'swe', start_date: '20260101'}).between('-1d', 'today').map(f => f.start_date))].join()":                                         "20260111,20260112",
		"query({table: 'ancillary', instrument: 'mag'}).validOn('today').join() === query({table: 'ancillary', instrument: 'mag'}).validOn('20260112').join()":           "true",
		"new AncillaryFilePath('imap_swe_cal_20260112_20260112_v001.csv').validOn('today')":                                                                              "true",
		"new AncillaryFilePath('imap_swe_cal_20260112_20260112_v001.csv').validOn('+1d')":                                                                                "false",
		"ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', start_date: 'today', version: 'v001.0001'}).start_date":             "20260112",
		"AncillaryFilePath.generateFromInputs({instrument: 'swe', descriptor: 'cal', start_date: 'today', end_date: '+1d', version: 'v001', extension: 'csv'}).end_date": "20260113",
	} {
		value, err := w.Eval(t.Context(), "test", source)
		if err != nil || value.String() != want {
			t.Errorf("%s: %v %v, want %s", source, value, err, want)
		}
	}
}
