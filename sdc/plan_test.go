package sdc

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"imapsh/naming"
)

func TestPlan(t *testing.T) {
	one, zero := 1, 0
	for _, test := range []struct {
		name  string
		query Query
		want  []string // endpoint and parameters of each request, or part of the error
		fails bool
	}{
		{"nothing", Query{}, []string{"give at least one option"}, true},
		{"a table alone", Query{Table: naming.TableAncillary}, []string{"give at least one option"}, true},
		{"one", Query{Instrument: []naming.Instrument{"mag"}}, []string{"/query?instrument=mag"}, false},
		{"all of science", Query{Instrument: []naming.Instrument{"mag"}, DataLevel: []naming.DataLevel{"l1a"}, Descriptor: []string{"norm"},
			StartDate: "20260101", EndDate: "20260102", IngestionStartDate: "20260103", IngestionEndDate: "20260104",
			Repointing: &one, CR: &zero, MajorVersion: &one, MinorVersion: &zero, Extension: ".cdf"},
			[]string{"/query?cr=0&data_level=l1a&descriptor=norm&end_date=20260102&extension=cdf&ingestion_end_date=20260104&" +
				"ingestion_start_date=20260103&instrument=mag&major_version=1&minor_version=0&repointing=1&start_date=20260101"}, false},
		{"lists", Query{Instrument: []naming.Instrument{"swe", "mag", "swe"}, DataLevel: []naming.DataLevel{"l2", "l1a"}}, []string{
			"/query?data_level=l1a&instrument=mag", "/query?data_level=l2&instrument=mag",
			"/query?data_level=l1a&instrument=swe", "/query?data_level=l2&instrument=swe"}, false},
		{"descriptors", Query{Descriptor: []string{"b", "a"}}, []string{"/query?descriptor=a", "/query?descriptor=b"}, false},
		{"descriptors with a pattern", Query{Descriptor: []string{"a", "b*"}}, []string{"/query?"}, false},
		{"science, latest", Query{Version: Latest}, []string{"/query?latest=true"}, false},
		{"science, a version", Query{Version: "v001.0003"}, []string{"/query?version=v001.0003"}, false},
		{"quicklook, a version", Query{Table: naming.TableQuicklook, Version: "v001.0003"},
			[]string{"/query?major_version=1&minor_version=3&table=quicklook"}, false},
		{"quicklook, a minor version", Query{Table: naming.TableQuicklook, Version: "v003"}, []string{"/query?minor_version=3&table=quicklook"}, false},
		{"quicklook, latest", Query{Table: naming.TableQuicklook, Version: Latest}, []string{"/query?table=quicklook"}, false},
		{"ancillary", Query{Table: naming.TableAncillary, Version: "v003"}, []string{"/query?table=ancillary&version=v003"}, false},
		{"ancillary, level", Query{Table: naming.TableAncillary, DataLevel: []naming.DataLevel{"l1a"}}, []string{"no data_level"}, true},
		{"ancillary, repointing", Query{Table: naming.TableAncillary, Repointing: &one}, []string{"no repointing"}, true},
		{"ancillary, major", Query{Table: naming.TableAncillary, MajorVersion: &one}, []string{"give version"}, true},
		{"version and parts", Query{Version: "v001", MajorVersion: &one}, []string{"not both"}, true},
		{"ends before it begins", Query{StartDate: "20260102", EndDate: "20260101"}, []string{"is before start_date"}, true},
		{"ingestion likewise", Query{IngestionStartDate: "20260102", IngestionEndDate: "20260101"}, []string{"is before ingestion_start_date"}, true},
		{"filename", Query{Filename: someName}, []string{"/query?file_path=" + strings.ReplaceAll(somePath, "/", "%2F")}, false},
		{"no filename", Query{Filename: "x.txt"}, []string{"filename: "}, true},
		{"type of science", Query{Type: "spin"}, []string{"type is for table spice"}, true},
		{"spice", Query{Table: naming.TableSPICE, Version: Latest}, []string{"/spice-query?latest=true&type=kernels"}, false},
		{"spin", Query{Table: naming.TableSPICE, Type: "spin", StartDate: "20260101", IngestionEndDate: "20260105"},
			[]string{"/spice-query?end_ingest_date=20260105&start_date=20260101&type=spin"}, false},
		{"repoint from a day on", Query{Table: naming.TableSPICE, Type: "repoint", StartDate: "20260101"}, []string{"no start date"}, true},
		{"kernels of a day", Query{Table: naming.TableSPICE, Type: "attitude_history", StartDate: "20260101", EndDate: "20260101"},
			[]string{"/spice-query?end_time=820584069.184&start_time=820497669.184&type=attitude_history"}, false},
		{"kernels by instrument", Query{Table: naming.TableSPICE, Instrument: []naming.Instrument{"mag"}}, []string{"table spice takes"}, true},
		{"kernels of a version", Query{Table: naming.TableSPICE, Version: "v001"}, []string{"'latest' only"}, true},
		{"too many combinations", Query{Descriptor: strings.Split(strings.Repeat("a b c d e f g h i j k l m n o p q r s t u", 1), " "),
			Instrument: []naming.Instrument{"mag", "swe", "hi", "lo", "ultra", "hit", "idex", "glows", "codice", "swapi"},
			DataLevel:  []naming.DataLevel{"l0", "l1a"}}, []string{"combinations"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			plan, err := test.query.plan()
			if test.fails {
				var usage *UsageError
				var invalid *naming.InvalidNameError
				if err == nil || !strings.Contains(err.Error(), test.want[0]) || !errors.As(err, &usage) && !errors.As(err, &invalid) {
					t.Errorf("%v, want %s", err, test.want[0])
				}
				return
			}
			var got []string
			for _, parameters := range plan.requests {
				got = append(got, plan.endpoint+"?"+parameters.Encode())
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, word string
		want          bool
	}{
		{"norm", "norm", true}, {"norm", "normal", false}, {"norm*", "norm", true}, {"norm*", "norm-mago", true},
		{"*mago", "norm-mago", true}, {"*mago", "norm-magi", false}, {"n*-*o", "norm-mago", true}, {"*", "", true},
		{"a*a", "a", false}, {"**", "x", true},
	} {
		if got := matches(test.pattern, test.word); got != test.want {
			t.Errorf("%s %s: %v", test.pattern, test.word, got)
		}
	}
}
