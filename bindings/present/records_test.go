package present

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"imapsh/naming"
	"imapsh/sdc"
)

// answered are the records of an archive's answer.
func answered(t *testing.T, answer string) sdc.Records {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, answer)
	}))
	defer server.Close()
	client, err := sdc.New(sdc.Options{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	records, err := client.Query(t.Context(), sdc.Query{Instrument: []naming.Instrument{"swe"}})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

const twoDays = `[{"file_path": "imap/imap_swe_l2_a_20260101_v001.cdf", "instrument": "swe", "data_level": "l2", "descriptor": "a", "start_date": "20260101", "repointing": null, "ingestion_date": "20260102 00:00:00", "version": "v001"},
	{"file_path": "imap/imap_swe_l2_a_20260102_v002.cdf", "instrument": "swe", "data_level": "l2", "descriptor": "a", "start_date": "20260102", "repointing": 7, "ingestion_date": "20260103 00:00:00", "version": "v002"}]`

// TestFormats prints the answer to a query in each format.
func TestFormats(t *testing.T) {
	records := answered(t, twoDays)
	query := sdc.Query{Instrument: []naming.Instrument{"swe"}}
	for format, want := range map[Format]string{
		FormatNames: "imap_swe_l2_a_20260101_v001.cdf\nimap_swe_l2_a_20260102_v002.cdf\n",
		FormatPaths: "imap/imap_swe_l2_a_20260101_v001.cdf\nimap/imap_swe_l2_a_20260102_v002.cdf\n",
		FormatCSV: `file_path,instrument,data_level,descriptor,start_date,repointing,ingestion_date,version,filename
imap/imap_swe_l2_a_20260101_v001.cdf,swe,l2,a,20260101,,20260102 00:00:00,v001,imap_swe_l2_a_20260101_v001.cdf
imap/imap_swe_l2_a_20260102_v002.cdf,swe,l2,a,20260102,7,20260103 00:00:00,v002,imap_swe_l2_a_20260102_v002.cdf
`,
		FormatTable: `Found [2] matching files in science table
|------------------------------------------------------------------------------------------------------------------------|
| Instrument | Data Level | Descriptor | Start Date | Ingestion Date    | Version | Repointing | Filename                        |
`,
		FormatLines: `{"file_path":"imap/imap_swe_l2_a_20260101_v001.cdf","instrument":"swe"`,
		FormatJSON:  `[{"file_path": "imap/imap_swe_l2_a_20260101_v001.cdf", "instrument": "swe", `,
	} {
		t.Run(string(format), func(t *testing.T) {
			var out bytes.Buffer
			if err := Records(&out, records, query, format, 0); err != nil {
				t.Fatal(err)
			}
			got := out.String()
			switch format {
			case FormatTable:
				if want = strings.ReplaceAll(want, "-", ""); !strings.HasPrefix(strings.ReplaceAll(got, "-", ""), want) || strings.Count(got, "\n") != 7 {
					t.Errorf("%s\nwant %s", got, want)
				}
			case FormatLines, FormatJSON:
				var first map[string]any
				text, _, _ := strings.Cut(strings.TrimPrefix(got, "["), "}")
				if err := json.Unmarshal([]byte(text+"}"), &first); err != nil || len(first) != 9 || !strings.HasPrefix(got, want) {
					t.Errorf("%s (%v)", got, err)
				}
			default:
				if got != want {
					t.Errorf("%s\nwant\n%s", got, want)
				}
			}
		})
	}
}

// TestFormatsOfNoRecords: programs read an answer of no files, too.
func TestFormatsOfNoRecords(t *testing.T) {
	query := sdc.Query{Table: sdc.TableAncillary}
	for _, format := range Format("").Values() {
		var out bytes.Buffer
		if err := Records(&out, nil, query, Format(format), 80); err != nil {
			t.Fatal(err)
		}
		got := out.String()
		switch Format(format) {
		case FormatCSV:
			if names, err := csv.NewReader(&out).Read(); err != nil || len(names) < 5 {
				t.Errorf("csv: %q %v", got, err)
			}
		case FormatJSON:
			if got != "[]\n" {
				t.Errorf("json: %q", got)
			}
		case FormatTable:
			if got != "Found [0] matching files in ancillary table\n" {
				t.Errorf("table: %q", got)
			}
		default:
			if got != "" {
				t.Errorf("%s: %q", format, got)
			}
		}
	}
}

// TestNothingDrivesATerminal: what an archive says in a field moves no cursor.
func TestNothingDrivesATerminal(t *testing.T) {
	records := answered(t, strings.ReplaceAll(twoDays, `"a"`, `"\u001b[2Ja\u202e\n"`))
	for name, text := range map[string]string{
		"table": Table(records, nil, 0), "official": OfficialTable(records, 0), "summary": Summary(records, 0, ""), "brief": Brief(records),
		"failure": FailureLine(sdc.Transfer{FilePath: "a\x1b\n", Err: fmt.Errorf("b\x9b\r")}),
	} {
		if strings.ContainsAny(text, "\x1b\u202e\r\u009b") {
			t.Errorf("%s: %q", name, text)
		}
	}
}

func TestSummary(t *testing.T) {
	got := Summary(answered(t, twoDays), 0, "HOW")
	const want = `instrument  data_level  descriptor  files  first     last
swe         l2          a               2  20260101  20260102
2 files, 1 product`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	narrow := Summary(answered(t, twoDays), 44, "HOW")
	if line, _, _ := strings.Cut(narrow, "\n"); strings.Contains(line, "first") && strings.Contains(line, "last") || !strings.Contains(line, "files") {
		t.Errorf("44 columns: %s", narrow)
	}
	versions := answered(t, strings.NewReplacer("20260102_v002", "20260101_v002").Replace(twoDays))
	if got := Summary(versions, 0, "HOW"); !strings.HasSuffix(got, "; 1 of the files are other versions of one that is here: HOW") {
		t.Error(got)
	}
}

func TestBrief(t *testing.T) {
	if got := Brief(answered(t, twoDays)); got != "swe l2 a 20260101…20260102" {
		t.Error(got)
	}
	if got := Brief(nil); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}

// TestNoJavaScript: commands present their results without an engine.
func TestNoJavaScript(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dep := range strings.FieldsSeq(string(out)) {
		if strings.Contains(dep, "goja") || dep == "imapsh/runtime" || dep == "imapsh/bindings" {
			t.Errorf("it imports %s", dep)
		}
	}
}
