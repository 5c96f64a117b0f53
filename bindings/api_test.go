package bindings_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"imapsh/bindings"
	"imapsh/bindings/sandbox"
	"imapsh/runtime"
	"imapsh/sdc"
	"imapsh/sdc/archive"
	"imapsh/sdc/archive/sample"
)

// sampleStore is the sample archive, its unreleased files left out.
func sampleStore() archive.Store { return sample.Store(sample.Released(sample.Files())) }

// world is a session over the sample archive, with a directory of its own to work in.
type world struct {
	*runtime.Session
	out     *bytes.Buffer
	client  *sdc.Client
	dataDir string
}

func newWorld(t *testing.T, options sdc.Options) world {
	t.Helper()
	t.Chdir(t.TempDir())
	w := world{out: &bytes.Buffer{}, dataDir: filepath.Join(t.TempDir(), "data")}
	options.URL, options.DataDir = serve(t, sampleStore()), w.dataDir
	client, err := sdc.New(options)
	if err != nil {
		t.Fatal(err)
	}
	w.client = client
	api := bindings.New(bindings.Host{Client: client, Stdout: w.out, Sandbox: sandbox.Policy{URL: options.URL, DataDir: func() string { return w.dataDir }}})
	if w.Session, err = runtime.New(runtime.Options{API: api, Stdout: w.out, Stderr: w.out}); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestExamplesRun runs every example of the documentation.
func TestExamplesRun(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key"})
	api := bindings.New(bindings.Host{Client: w.client})
	examples := map[string][]string{}
	for _, f := range api.Funcs {
		examples[f.Name] = f.Examples
	}
	for _, c := range api.Classes {
		examples[c.Name] = c.Examples
		for _, m := range append(c.Methods, c.Statics...) {
			examples[c.Name+"."+m.Name] = m.Examples
		}
	}
	ran := 0
	for name, codes := range examples {
		for _, code := range codes {
			if value, err := w.Eval(t.Context(), name, code); err != nil {
				t.Errorf("%s: %s: %v", name, code, err)
			} else if list, ok := value.(*goja.Object); ok && list.ClassName() == "Array" && list.Get("length").ToInteger() == 0 {
				t.Errorf("%s: %s: finds nothing", name, code)
			}
			ran++
		}
	}
	if ran < 10 {
		t.Errorf("only %d examples", ran)
	}
}

func TestValues(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key"})
	tests := []struct{ name, code, want string }{
		{"a FileList is an array", "const files = query({instrument: 'mag', data_level: 'l2', version: 'latest'}); [Array.isArray(files), files instanceof FileList, files.length > 100].join()", "true,true,true"},
		{"filter", "files.filter(f => f.descriptor === 'norm-gse') instanceof FileList", "true"},
		{"record's keys keep the server's order", "Object.keys(files[0]).join()", "file_path,instrument,data_level,descriptor,start_date,repointing,major_version,minor_version,ingestion_date,cr,crid,released,extension,version,filename"},
		{"record's other spelling", "files[0].dataLevel", "l2"},
		{"record is of its class", "files[0] instanceof FileRecord", "true"},
		{"in", "'data_level' in files[0] && 'dataLevel' in files[0] && !('nothing' in files[0])", "true"},
		{"String of a record", "String(files[0]) === files[0].file_path", "true"},
		{"latest keeps one of each", "query({instrument: 'mag', data_level: 'l2', start_date: '20260108', end_date: '20260108'}).map(f => f.version).join()", "v002.0001,v002.0001,v002.0001,v002.0001"},
		{"a field of other tables", "query({table: 'ancillary', instrument: 'mag'}).concat(files).map(f => f.end_date ?? f.start_date).every(d => d.length === 8)", "true"},
		{"between", "files.between('2026-01-05', '2026-006').map(f => f.start_date).filter((d, i, all) => all.indexOf(d) === i).join()", "20260105,20260106"},
		{"between gives a FileList", "files.between(new Date(2026, 0, 5), '20260105').latest().length", "4"},
		{"day", "[day('2026-02-05'), day(files[0].start_date), day(files[0].ingestion_date) === files[0].ingestion_date.slice(0, 8), day(new Date('20260109'))].join()", "20260205,20260101,true,20260109"},
		{"sortBy", "files.sortBy('-start_date', 'descriptor')[0].filename.slice(0, 31)", "imap_mag_l2_burst-dsrf_20260209"},
		{"groupBy", "Object.keys(files.groupBy('descriptor')).join()", "burst-dsrf,norm-dsrf,norm-gse,norm-rtn"},
		{"a group is a FileList", "files.groupBy('dataLevel').l2 instanceof FileList", "true"},
		{"unique", "files.unique('descriptor').join()", "burst-dsrf,norm-dsrf,norm-gse,norm-rtn"},
		{"toCSV", "files.slice(0, 2).toCSV().split('\\n').map(l => l.slice(0, 20)).join('|')", "file_path,instrument|imap/mag/l2/2026/01/|imap/mag/l2/2026/01/|"},
		{"list of instruments", "query({instrument: ['swe', 'swapi'], data_level: ['l0', 'l2'], start_date: '2026-01-05', end_date: '2026-01-05', version: 'latest'}).map(f => f.instrument + f.data_level).join()", "swapil0,swapil2,swel0,swel2"},
		{"pattern of descriptors", "query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-*', start_date: '2026-005', end_date: '20260105', version: 'latest'}).unique('descriptor').join()", "norm-dsrf,norm-gse,norm-rtn"},
		{"ancillary latest", "const tables = query({table: 'ancillary', instrument: 'mag', version: 'latest'}); tables.length === new Set(tables.map(f => f.descriptor + f.start_date + f.end_date + f.extension)).size", "true"},
		{"quicklook with a version", "query({table: 'quicklook', instrument: 'mag', version: 'v001.0001'}).length > 0", "true"},
		{"filename", "query({filename: files[0].filename}).length", "1"},
		{"filename from an object", "query({filename: new ScienceFilePath(files[0].filename)}).length", "1"},
		{"a Date", "query({instrument: 'swe', data_level: 'l2', start_date: new Date('2026-02-05'), end_date: new Date('2026-02-05')}).length > 0", "true"},

		{"download of a name gives the path", "download(files[0].filename).endsWith(files[0].filename)", "true"},
		{"and the file is there", "readText(download(files[1])).length > 1000", "true"},
		{"download of a list gives a report", "const report = download(files.slice(0, 4)); [report instanceof TransferReport, report.length, report.downloaded.length, report.skipped.length, report.failed.length].join()", "true,4,2,2,0"},
		{"report's entries", "[report[3].file_path === files[3].file_path, report[3].status, report[3].verified, report[3].bytes > 1000, report[3].error].join()", "true,downloaded,md5,true,"},
		{"download of a list of mixed things", "download([files[0], files[1].filename, files[2].file_path, new ScienceFilePath(files[3].filename), report[0], {...files[1]}]).skipped.length", "6"},
		{"overwrite", "files.slice(0, 2).download({overwrite: true}).downloaded.length", "2"},
		{"a report as text", "`${download(files.slice(0, 3))}`", "3 already present"},
		{"concat keeps the class", "files.slice(0, 2).concat(files.slice(2, 4)).latest() instanceof FileList", "true"},
		{"a list's method on an array", "try { [...files, ...files].latest() } catch (e) { e.message.slice(0, 30) }", "Object has no member 'latest'"},
		{"dry run", "files.slice(10, 12).download({dryRun: true}).map(t => t.status).join()", "planned,planned"},
		{"download of nothing", "download([]).length", "0"},
		{"a failure of a list", "try { download([files[0], 'imap_swe_l2_sci_20300101_v001.0001.cdf']) } catch (e) { [e.name, e instanceof SDCError, e.report.failed.length, e.report.failed[0].error.name, e.report.failed[0].error.status].join() }", "TransferError,true,1,NotFoundError,404"},
		{"an error as JSON", "JSON.parse(JSON.stringify(download(['imap_swe_l2_sci_20300101_v001.0001.cdf'], {keep_going: true})))[0].error.name", "NotFoundError"},
		{"keep_going", "download([files[0], 'imap_swe_l2_sci_20300101_v001.0001.cdf'], {keep_going: true}).failed.length", "1"},
		{"the failed again", "try { download(download([files[0], 'imap_swe_l2_sci_20300101_v001.0001.cdf'], {keep_going: true}).failed) } catch (e) { e.report.length }", "1"},

		{"upload", "writeText('imap_mag_thresholds_20260301_v001.json', '{}'); upload('imap_mag_thresholds_20260301_v001.json')", "imap/ancillary/mag/imap_mag_thresholds_20260301_v001.json"},
		{"and it is found", "query({filename: 'imap_mag_thresholds_20260301_v001.json', table: 'ancillary'}).length", "1"},
		{"a second time", "try { upload('imap_mag_thresholds_20260301_v001.json') } catch (e) { [e.name, e.status].join() }", "SDCError,409"},
		{"unless the same may be there", "upload(['imap_mag_thresholds_20260301_v001.json'], {skip_existing: true}).skipped.length", "1"},
		{"upload's dry run", "writeText('imap_mag_thresholds_20260301_v002.json', '{}'); upload(['imap_mag_thresholds_20260301_v002.json'], {dry_run: true})[0].status", "planned"},

		{"science path", "new ScienceFilePath('imap_swe_l0_raw_20240101_v001.pkts').archivePath()", "imap/swe/l0/2024/01/imap_swe_l0_raw_20240101_v001.pkts"},
		{"a path counts as its name", "new ScienceFilePath('/tmp/imap_swe_l0_raw_20240101_v001.pkts').filename", "imap_swe_l0_raw_20240101_v001.pkts"},
		{"fields", "const {instrument, data_level, repointing, major_version, minor_version} = new ScienceFilePath('imap_hi_l1b_45sensor-de_20260105-repoint00104_v001.0002.cdf'); JSON.stringify([instrument, data_level, repointing, major_version, minor_version])", `["hi","l1b",104,1,2]`},
		{"inheritance", "new ScienceFilePath('imap_swe_l0_raw_20240101_v001.pkts') instanceof ImapFilePath", "true"},
		{"parse finds the class", "ImapFilePath.parse('naif0012.tls') instanceof SPICEFilePath && ImapFilePath.parse('imap_mag_cal_20260101_v001.csv') instanceof AncillaryFilePath", "true"},
		{"generate", "String(ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', start_date: '2024-01-01', version: 'v001.0001', repointing: '5'}))", "imap_swe_l0_sci_20240101-repoint00005_v001.0001.pkts"},
		{"generate's other spelling", "String(AncillaryFilePath.generate_from_inputs({instrument: 'mag', descriptor: 'cal', startDate: '20260101', version: 'v003', extension: 'csv'}))", "imap_mag_cal_20260101_v003.csv"},
		{"next", "String(new ScienceFilePath('imap_swe_l0_raw_20240101_v001.0009.pkts').next())", "imap_swe_l0_raw_20240101_v001.0010.pkts"},
		{"sameFile", "new ScienceFilePath('imap_swe_l0_raw_20240101_v001.0009.pkts').sameFile('imap_swe_l0_raw_20240101_v002.0001.pkts')", "true"},
		{"compare", "['imap_swe_l0_raw_20240101_v001.0009.pkts', 'imap_swe_l0_raw_20240101_v002.0001.pkts', 'imap_swe_l0_raw_20240101_v009.pkts'].reverse().map(n => new ScienceFilePath(n)).sort((a, b) => a.compare(b)).map(p => p.minor_version).join()", "9,9,1"},
		{"validOn", "new AncillaryFilePath('imap_mag_cal_20260101_20260105_v003.csv').validOn('2026-01-05')", "true"},

		{"validOn of a list", "const held = query({table: 'ancillary', instrument: 'mag'}).validOn('2026-01-20'); [held instanceof FileList, held.length === held.unique('descriptor').length, held.every(f => new AncillaryFilePath(f.filename).validOn('20260120'))].join()", "true,true,true"},

		{"config's key taken away", "config.API_KEY = null; const gone = String(config.API_KEY); config.API_KEY = 'key'; gone", "null"},
		{"config reads", "config.API_KEY + config.ACCESS_TOKEN", "<set>null"},
		{"config's directory", "config.DATA_DIR = 'elsewhere'; config.DATA_DIR.endsWith('elsewhere')", "true"},
		{"addDays", "[addDays('2026-02-27', 2), addDays('2026-001', -1), addDays(new Date('2026-01-31'), 1)].join()", "20260301,20251231,20260201"},
		{"other spelling of capitals", "read_json === readJSON && files.to_csv === files.toCSV", "true"},
		{"JSON files", "writeJSON('a.json', {z: 1, a: [null, 'x']}); JSON.stringify(readJSON('a.json')) + readText('a.json').length", `{"z":1,"a":[null,"x"]}45`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := w.Eval(t.Context(), "test", test.code)
			if err != nil {
				t.Fatal(err)
			}
			if got := value.String(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	if left, _ := filepath.Glob(filepath.Join(w.dataDir, "imap/*/*/*/*/*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestFaultsSayWhatToDo(t *testing.T) {
	w := newWorld(t, sdc.Options{})
	tests := []struct{ name, code, want string }{
		{"unknown option", "query({instrumnt: 'mag'})", `UsageError: query: unknown option "instrumnt"; did you mean "instrument"?`},
		{"thirteen instruments", "query({instrument: 'magg'})", `UsageError: query: instrument "magg": must be one of codice, glows, hi, hit, ialirt, idex, l1const, lo, mag, spacecraft, swapi, swe, ultra; did you mean "mag"?`},
		{"mistyped field", "query({instrument: 'mag', data_level: 'l2'}).filter(f => f.start_dat > '2026')", `UsageError: a FileRecord has no field or method "start_dat"; did you mean "start_date"?`},
		{"between, the wrong way round", "query({instrument: 'mag', data_level: 'l2'}).between('20260105', '20260101')", `UsageError: between: the last day 20260101 is before the first, 20260105`},
		{"nothing asked", "query()", `UsageError: query: give at least one option besides table, such as instrument`},
		{"only a table", "query({table: 'ancillary'})", `UsageError: query: give at least one option besides table, such as instrument`},
		{"six digits are no date", "query({start_date: '202511'})", `UsageError: query: start_date "202511" is no date: it must be YYYYMMDD, YYYY-MM-DD, YYYY-DDD (day of year), today, yesterday, or days from today such as -7d`},
		{"dates the wrong way round", "query({start_date: '20260105', end_date: '20260101'})", `UsageError: query: end_date 20260101 is before start_date 20260105`},
		{"version", "query({instrument: 'mag', version: 'newest'})", `UsageError: query: version "newest": must be latest, vNNN or vMMM.mmmm, such as v003 or v001.0003`},
		{"level of ancillary", "query({table: 'ancillary', data_level: 'l1a'})", `UsageError: query: table ancillary does not take data_level; it takes instrument, descriptor, start_date, end_date, ingestion_start_date, ingestion_end_date, version, extension, filename`},
		{"a name that is none", "new ScienceFilePath('imap_mag_l4_raw_20261301_v1.pkts')", `InvalidFileError: "imap_mag_l4_raw_20261301_v1.pkts" is not a valid science file name: data level "l4": must be one of`},
		{"download of a wrong name", "download('nothing.txt')", `InvalidFileError: "nothing.txt"`},
		{"download of a wrong thing", "download(5)", `UsageError: download: files must be a file name, an archive path, a record of a query, a path object, or a list of these`},
		{"download of a wrong thing in a list", "download(['imap_swe_l0_raw_20240101_v001.pkts', {}])", `UsageError: download: files must be a file name, an archive path, a record of a query, a path object, or a list of these (item 1 of the list)`},
		{"concurrency", "download(['imap_swe_l0_raw_20240101_v001.pkts'], {concurrency: 1000})", `UsageError: download: concurrency 1000: must be from 1 to 64`},
		{"no concurrency", "download(['imap_swe_l0_raw_20240101_v001.pkts'], {concurrency: 0})", `UsageError: download: concurrency 0: must be from 1 to 64`},
		{"upload without a key", "writeText('imap_mag_cal_20260301_v001.json', '{}'); upload('imap_mag_cal_20260301_v001.json')", `AuthError: GET`},
		{"upload of a file that is not there", "upload('imap_mag_cal_20260302_v001.json')", `UsageError: no such file: looked for imap_mag_cal_20260302_v001.json and `},
		{"upload of the older version form", "upload('imap_swe_l0_raw_20240101_v001.pkts')", `UsageError: imap_swe_l0_raw_20240101_v001.pkts: a science file is uploaded with a version of the form vMMM.mmmm`},
		{"sortBy an unknown field", "query({instrument: 'swe'}).sortBy('first')", `UsageError: sortBy: unknown field "first"; the fields are file_path, instrument`},
		{"validOn of science", "query({instrument: 'swe'}).validOn('20260105')", `UsageError: validOn works on ancillary files`},
		{"validOn of no day", "query({table: 'ancillary', instrument: 'mag'}).validOn('soon')", `UsageError: validOn: day "soon" is no date`},
		{"no next", "new ScienceFilePath('imap_swe_l0_raw_20240101_v001.9999.pkts').next()", `UsageError: next: no version follows v001.9999`},
		{"generate with faults", "ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'a_b', start_date: '20240101', version: 'v001.0001'})", `InvalidFileError:`},
		{"generate with a fault of repointing", "ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', start_date: '20240101', version: 'v001.0001', repointing: 'x'})", `UsageError: generateFromInputs: repointing`},
		{"generate without a version", "ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', start_date: '20240101'})", `UsageError: generateFromInputs: version is missing`},
		{"config", "config.DATADIR = 'x'", `UsageError: config: no setting "DATADIR"; did you mean "DATA_DIR"?`},
		{"URL", "config.DATA_ACCESS_URL = 'ftp://x'", `UsageError: URL "ftp://x": it must start with http:// or https://`},
		{"URL with a password", "config.DATA_ACCESS_URL = 'https://me:secret@host'", `UsageError: URL of host: it must not hold a user or password`},
		{"outside", "readText('/etc/passwd')", `UsageError: reading /etc/passwd: access denied: recipes reach files under the working directory, their own directory and DATA_DIR only`},
		{"outside by another DATA_DIR", "config.DATA_DIR = '/etc'; readText('/etc/hostname')", `UsageError: config.DATA_DIR: /etc: access denied: recipes reach files under the working directory`},
		{"an empty list", "query({instrument: ['mag'].filter(i => i === 'swe'), data_level: 'l2'})", "UsageError: query: instrument []: must name one or more; leave the option out for any"},
		{"no URL", "config.DATA_ACCESS_URL = ''", `UsageError: URL "": it must start with http:// or https://`},
		{"another host", "config.DATA_ACCESS_URL = 'https://example.org'", `UsageError: config.DATA_ACCESS_URL: example.org: a recipe asks the archive that it was started for`},
		{"another host of nearly the name", "config.DATA_ACCESS_URL = 'https://notimap-mission.com'", `UsageError: config.DATA_ACCESS_URL: notimap-mission.com: a recipe`},
		{"the SDC without TLS", "config.DATA_ACCESS_URL = 'http://api.imap-mission.com'", `UsageError: config.DATA_ACCESS_URL: api.imap-mission.com: a recipe`},
		{"what the system says of the program", "readText('/proc/self/environ')", `UsageError: reading /proc/self/environ: access denied: recipes`},
		{"upload of a file outside", "upload('/etc/imap_mag_cal_20260301_v001.csv')", `UsageError: uploading /etc/imap_mag_cal_20260301_v001.csv: access denied: recipes`},
		{"an invalid Date", "query({instrument: 'swe', start_date: new Date('nonsense')})", `UsageError: start_date: an invalid Date`},
		{"a list that holds itself", "const a = []; a.push(a); download(a)", `UsageError: a value that holds itself`},
		{"options that hold themselves", "const o = {}; o.o = o; query(o)", `UsageError: a value that holds itself`},
		{"a list that claims billions", "const b = []; b.length = 4e9; download(b)", `UsageError: a list of 4000000000 items is too long`},
		{"outside by dots", "writeText('../x', 'y')", `UsageError: writing ../x: access denied: recipes reach files under`},
		{"no such file", "readText('none.txt')", `UsageError: reading none.txt: there is no such file`},
		{"no JSON", "writeText('bad.json', '{'); readJSON('bad.json')", `UsageError: bad.json: it is not JSON: unexpected end of JSON input`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := w.Eval(t.Context(), "test", test.code)
			if err == nil {
				t.Fatal("no error")
			}
			if got := err.Error(); !strings.HasPrefix(got, test.want) || strings.Contains(got, "goroutine") {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestScriptsReachNoLinkOutside(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key"})
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "imap_mag_cal_20260301_v001.csv"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, "out"); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(filepath.Join(outside, "imap_mag_cal_20260301_v001.csv"), "imap_mag_cal_20260302_v001.csv"); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"readText('out/imap_mag_cal_20260301_v001.csv')", "writeText('out/new', 'x')", "upload('out/imap_mag_cal_20260301_v001.csv')", "upload('imap_mag_cal_20260302_v001.csv')"} {
		_, err := w.Eval(t.Context(), "test", code)
		if err == nil || !strings.Contains(err.Error(), "access denied: recipes reach files under") {
			t.Errorf("%s reaches through a symbolic link: %v", code, err)
		}
	}
}

func TestReadOnlyRefusesUploads(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key", ReadOnly: true})
	_, err := w.Eval(t.Context(), "test", "writeText('imap_mag_cal_20260301_v001.json', '{}'); upload('imap_mag_cal_20260301_v001.json')")
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("got %v", err)
	}
}

// TestCredentialStays proves that a recipe cannot carry the key to a place of its choice.
func TestCredentialStays(t *testing.T) {
	w := newWorld(t, sdc.Options{APIKey: "key"})
	elsewhere := serve(t, sampleStore())
	upload := "writeText('imap_mag_cal_20260301_v001.json', '{}'); upload('imap_mag_cal_20260301_v001.json')"
	_, err := w.Eval(t.Context(), "test", fmt.Sprintf("config.DATA_ACCESS_URL = %q; ", elsewhere)+upload)
	if err == nil || !strings.Contains(err.Error(), "a recipe asks the archive that it was started for") {
		t.Errorf("another archive of this machine: %v", err)
	}
	if err := w.client.SetURL(elsewhere); err != nil {
		t.Fatal(err)
	}
	_, err = w.Eval(t.Context(), "test", upload)
	var refused *sdc.Error
	if !errors.As(err, &refused) || refused.Status != 403 {
		t.Errorf("the other origin should have seen no key: %v", err)
	}
	if refused.Reason != sdc.OtherOrigin {
		t.Errorf("reason %q", refused.Reason)
	}
}

func TestPrinted(t *testing.T) {
	w := newWorld(t, sdc.Options{})
	tests := []struct{ name, code, want string }{
		{"list", "query({instrument: 'swe', data_level: 'l2', start_date: '20260105', end_date: '20260105', version: 'latest'})", `instrument  data_level  descriptor  start_date  ingestion_date     version    filename
swe         l2          sci         20260105    20260108 17:48:47  v001.0002  imap_swe_l2_sci_20260105_v001.0002.cdf`},
		{"empty list", "query({instrument: 'ialirt'})", "No files. Is an option too narrow (a descriptor may hold *)? Without a key only released files are found."},
		{"path", "new ScienceFilePath('imap_swe_l0_raw_20240101_v001.pkts')", "ScienceFilePath {\n  mission: 'imap',\n  instrument: 'swe',\n  data_level: 'l0',\n  descriptor: 'raw',\n  start_date: '20240101',\n  repointing: null,\n  cr: null,\n  major_version: null,\n  minor_version: 1,\n  version: 'v001',\n  extension: 'pkts',\n  filename: 'imap_swe_l0_raw_20240101_v001.pkts'\n}"},
		{"report", "download(['imap_swe_l2_sci_20260105_v001.0002.cdf'], {dry_run: true})", "TransferReport: 1 would be transferred (100 kB)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			value, err := w.Eval(context.Background(), "test", test.code)
			if err != nil {
				t.Fatal(err)
			}
			if got := w.Format(value); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	if _, err := w.Eval(t.Context(), "test", "query({instrument: 'swe', data_level: 'l2', start_date: '20260105', end_date: '20260106', version: 'latest'}).table('filename', 'startDate')"); err != nil {
		t.Fatal(err)
	}
	w.out.Reset()
	if _, err := w.Eval(t.Context(), "test", "print('have', query({instrument: 'swe', data_level: 'l2', version: 'latest'}).slice(0, 1), 5)"); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(w.out.String(), "have\ninstrument  data_level") {
		t.Errorf("a list behind a word prints\n%s", w.out)
	}
	w.out.Reset()
	if _, err := w.Eval(t.Context(), "test", "query({instrument: 'swe', data_level: 'l2', start_date: '20260105', end_date: '20260106', version: 'latest'}).table('filename', 'startDate')"); err != nil {
		t.Fatal(err)
	}
	want := "filename                                start_date\nimap_swe_l2_sci_20260105_v001.0002.cdf  20260105\nimap_swe_l2_sci_20260106_v001.0001.cdf  20260106\n"
	if w.out.String() != want {
		t.Errorf("table prints\n%s", w.out)
	}
}

// TestTheTableIsTheSurface proves that what is documented is bound, and that
// nothing else is.
func TestTheTableIsTheSurface(t *testing.T) {
	w := newWorld(t, sdc.Options{})
	api := bindings.New(bindings.Host{Client: w.client})
	documented := map[string]bool{"args": true, "console": true, "print": true, "help": true, "time": true, "sleep": true, "exit": true, "require": true}
	for _, f := range api.Funcs {
		documented[f.Name] = true
	}
	for _, c := range api.Classes {
		documented[c.Name] = true
	}
	for _, o := range api.Objects {
		documented[o.Name] = true
	}
	for _, e := range api.Errors {
		documented[e.Name] = true
	}
	// Where nothing is typed, completion offers what is not the language's own.
	offered := map[string]bool{}
	for _, candidate := range w.Complete("", 0).Candidates {
		offered[candidate.Text] = true
		if !documented[candidate.Text] {
			t.Errorf("%s is bound and not documented", candidate.Text)
		}
	}
	for name := range documented {
		if !offered[name] {
			t.Errorf("%s is documented and not bound", name)
		}
	}
}
