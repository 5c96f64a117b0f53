package sample

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"image/png"
	"path"
	"strconv"
	"strings"
	"testing"

	"imapsh/naming"
)

// TestBytesAreFixed keeps the content of some files, so that a change is meant and
// another platform or Go release cannot bring one about.
func TestBytesAreFixed(t *testing.T) {
	for _, c := range []struct{ path, sha256 string }{
		{"imap/mag/l0/2026/01/imap_mag_l0_raw_20260101_v001.0001.pkts", "c355bafa812b2b07ad853e644abdb3550e1fc1337e63f948035b8f021cf03604"},
		{"imap/ultra/l0/2026/01/imap_ultra_l0_raw_20260117_v001.0001.pkts", "109fe75e91701430bd7f57e35dde2fc9bb53dddacc1844ca4351762f49704b6b"},
		{"imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260101_v001.0001.cdf", "2c51bfbb23d401c25f3be6af965dc557f36d9fa4630dd30b6327970915c3cb64"},
		{"imap/mag/l2/2026/01/imap_mag_l2_burst-dsrf_20260110_v002.0001.cdf", "6df5859b92679701e643bd4546398a47025bc10c25b6839376b0778a4e54fa80"},
		{"imap/hi/l1c/2026/02/imap_hi_l1c_45sensor-pset_20260201-repoint00143_v001.0001.cdf", "c919751c8fd8cf7ba0032217a60c9e3c1adbd6a763584b3fadcad6bc0cc44b20"},
		{"imap/idex/l2a/2026/01/imap_idex_l2a_sci-1week_20260108_v001.0001.cdf", "03ae57551c143aeb6722f89fbbb75d1966e100b961359bc2dee4b594f96145f3"},
		{"imap/hi/l2/2026/01/imap_hi_l2_h90-ena-h-sf-nsp-full-hae-4deg-3mo_20260101_v001.0006.cdf", "52a1b363e7ba9354b40343109a729950881d5d83fb693a53bf1a4f8c9eff0371"},
		{"imap/ancillary/mag/imap_mag_l2-calibration-matrices_20260101_20260131_v003.cdf", "d529dedb77cfed5740bf972fe1c5ad9ac96d814da8b056efba5c2b8f3ca42868"},
		{"imap/ancillary/mag/imap_mag_rotation-matrices_20251017_20260131_v002.csv", "a5260972d60e16733f2e2ca319c33945c8c4e4268483af052216cba693d3acc7"},
		{"imap/ancillary/codice/imap_codice_l1a-sci-lut_20251008_v003.json", "269a5f3d3b85b0987bdd381cb280cf99b179e8d03ad8217f022bb2bbbc18902e"},
		{"imap/ancillary/glows/imap_glows_map-of-uv-sources_20250924_v001.dat", "ad6664ecd129698045e9e687e7305bfbc659f946083b6ad7d734c1f24a25c409"},
		{"imap/quicklook/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260115_v001.0001.png", "095fed56968ffe39fbfa48c2bb53f56cd10f7c5e9f8b8712f590e1f3cbd24346"},
	} {
		t.Run(path.Base(c.path), func(t *testing.T) {
			sum := sha256.Sum256(File{Path: c.path}.Bytes())
			if got := hex.EncodeToString(sum[:]); got != c.sha256 {
				t.Errorf("the content has changed: its digest is %s", got)
			}
			listed := false
			for _, f := range Files() {
				listed = listed || f.Path == c.path
			}
			if !listed {
				t.Error("the archive has no such file")
			}
		})
	}
}

func TestBytesComeFromThePathAlone(t *testing.T) {
	for i, f := range Files() {
		if i%97 != 0 {
			continue
		}
		first := f.Bytes()
		first[0]++
		second := File{Path: f.Path}.Bytes()
		first[0]--
		if !bytes.Equal(first, second) {
			t.Errorf("%s: the second content differs", f.Path)
		}
	}
}

func TestVersionsHaveDifferentContent(t *testing.T) {
	one := File{Path: "imap/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260110_v001.0001.cdf"}.Bytes()
	two := File{Path: "imap/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260110_v002.0001.cdf"}.Bytes()
	if bytes.Equal(one, two) {
		t.Error("v002.0001 is v001.0001 over again")
	}
}

func TestPathsWithoutContent(t *testing.T) {
	for _, path := range []string{
		"",
		"imap/mag/l2/2026/01/notes.txt",
		"imap/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260132_v001.0001.cdf",
		"imap/spacecraft/l0/2026/01/imap_spacecraft_l0_raw_20260101_v001.0001.pkts",
		"imap/ancillary/mag/imap_mag_notes_20260101_v001.xlsx",
		"imap/quicklook/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260101_v001.0001.pdf",
		"imap/release/mag/imap_mag_data-release-001_20260101_20260131_v001.txt",
	} {
		if content := (File{Path: path}).Bytes(); content != nil {
			t.Errorf("%q has %d bytes", path, len(content))
		}
	}
}

func TestTablesAndPictures(t *testing.T) {
	read := map[string]func(*testing.T, File, []byte){
		".csv":  checkCSV,
		".json": checkJSON,
		".dat":  checkDAT,
		".png":  checkPNG,
	}
	count := map[string]int{}
	for _, f := range Files() {
		extension := path.Ext(f.Path)
		if check, ok := read[extension]; ok && !strings.HasPrefix(f.Path, "imap/spice/") && !strings.HasPrefix(f.Path, "imap/dependency/") {
			check(t, f, f.Bytes())
			count[extension]++
		}
	}
	for extension := range read {
		if count[extension] == 0 {
			t.Errorf("there are no %s files", extension)
		}
	}
}

func checkCSV(t *testing.T, f File, content []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) < 5 {
		t.Errorf("%s: %d rows: %v", f.Path, len(rows), err)
		return
	}
	for _, row := range rows[1:] {
		checkNumbers(t, f, row)
	}
}

func checkDAT(t *testing.T, f File, content []byte) {
	t.Helper()
	for line := range strings.Lines(string(content)) {
		if !strings.HasPrefix(line, "#") {
			checkNumbers(t, f, strings.Fields(line))
		}
	}
}

func checkNumbers(t *testing.T, f File, row []string) {
	t.Helper()
	for _, cell := range row {
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
}

func checkJSON(t *testing.T, f File, content []byte) {
	t.Helper()
	var table struct {
		Version    string
		StartDate  string  `json:"start_date"`
		EndDate    *string `json:"end_date"`
		Parameters map[string][]float64
	}
	if err := json.Unmarshal(content, &table); err != nil {
		t.Errorf("%s: %v", f.Path, err)
		return
	}
	name, err := naming.ParseAncillary(f.Path)
	if err != nil {
		t.Fatal(err)
	}
	if table.Version != name.Version.String() || table.StartDate != name.StartDate || len(table.Parameters) == 0 {
		t.Errorf("%s holds %+v", f.Path, table)
	}
}

func checkPNG(t *testing.T, f File, content []byte) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Errorf("%s: %v", f.Path, err)
		return
	}
	if size := picture.Bounds().Size(); size.X != plotWidth || size.Y != plotHeight {
		t.Errorf("%s measures %v", f.Path, size)
	}
}

func TestFixedPoint(t *testing.T) {
	for _, c := range []struct {
		units, decimals int
		want            string
	}{
		{0, 0, "0"}, {-7, 0, "-7"}, {9950, 4, "0.9950"}, {10050, 4, "1.0050"}, {-50, 4, "-0.0050"}, {12, 3, "0.012"},
	} {
		if got := fixedPoint(c.units, c.decimals); got != c.want {
			t.Errorf("fixedPoint(%d, %d) = %s, want %s", c.units, c.decimals, got, c.want)
		}
	}
}

func BenchmarkFiles(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Files()
	}
}

func BenchmarkBytes(b *testing.B) {
	for _, c := range []struct{ name, path string }{
		{"pkts", "imap/mag/l0/2026/01/imap_mag_l0_raw_20260101_v001.0001.pkts"},
		{"cdf/norm", "imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260101_v001.0001.cdf"},
		{"cdf/burst", "imap/mag/l1a/2026/01/imap_mag_l1a_burst-mago_20260101_v001.0001.cdf"},
		{"cdf/histrates", "imap/lo/l1b/2026/01/imap_lo_l1b_histrates_20260101-repoint00112_v001.0001.cdf"},
		{"csv", "imap/ancillary/mag/imap_mag_rotation-matrices_20251017_20260131_v002.csv"},
		{"png", "imap/quicklook/mag/l2/2026/01/imap_mag_l2_norm-dsrf_20260115_v001.0001.png"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			f := File{Path: c.path}
			b.SetBytes(int64(len(f.Bytes())))
			for b.Loop() {
				f.Bytes()
			}
		})
	}
}
