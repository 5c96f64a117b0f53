package archive_test

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
	"imapsh/sdc/archive/sample"
)

// binaryKernel makes a DAF whose segments have no data: a structure or body, and the times
// that it covers.
func binaryKernel(word string, body int32, times ...[2]float64) []byte {
	const record = 1024
	b := make([]byte, 3*record)
	order := binary.LittleEndian
	copy(b, word)
	for at, v := range map[int]uint32{8: 2, 12: 6, 76: 2, 80: 2} {
		order.PutUint32(b[at:], v)
	}
	copy(b[88:], "LTL-IEEE")
	copy(b[699:], "FTPSTR:\r:\n:\r\n:\r\x00:\x81:\x10\xce:ENDFTP")
	order.PutUint64(b[record+16:], math.Float64bits(float64(len(times))))
	for i, ends := range times {
		at := record + 24 + 40*i
		order.PutUint64(b[at:], math.Float64bits(ends[0]))
		order.PutUint64(b[at+8:], math.Float64bits(ends[1]))
		from := uint32(len(b)/8 + 1)
		for k, v := range []uint32{uint32(body), 1, 3, 1, from, from} {
			order.PutUint32(b[at+16+4*k:], v)
		}
		b = append(b, make([]byte, 8)...)
	}
	return b
}

// TestCoverageOfKernels: what binary kernels say they cover wins over their names; one that
// cannot be read covers what its name says.
func TestCoverageOfKernels(t *testing.T) {
	const ticks = 50_000 // a second of the spacecraft's clock
	content := map[string][]byte{
		"imap/spice/ck/imap_2026_001_2026_004_01.ah.bc": binaryKernel("DAF/CK  ", -43000,
			[2]float64{504921603 * ticks, 504925203 * ticks}, [2]float64{504928803 * ticks, 504932403 * ticks}),
		"imap/spice/spk/imap_recon_20260101_20260104_v01.bsp": []byte("not a kernel"),
	}
	for _, path := range []string{"imap/spice/lsk/naif0012.tls", "imap/spice/sclk/imap_sclk_0000.tsc"} {
		content[path] = sample.File{Path: path}.Bytes()
	}
	url := archivetest.Serve(t, archive.Options{Store: archive.NewMemStore(func(yield func(archive.MemFile) bool) {
		for path, bytes := range content {
			if !yield(archive.MemFile{Path: path, ModTime: time.Unix(0, 0), Bytes: func() []byte { return bytes }}) {
				return
			}
		}
	})})
	get := func(request string) (status int, body []byte) {
		t.Helper()
		response, err := http.Get(url + request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err = io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, body
	}
	for kind, want := range map[string][][2]string{
		"attitude_history":        {{"2026-01-01, 00:00:00", "2026-01-01, 01:00:00"}, {"2026-01-01, 02:00:00", "2026-01-01, 03:00:00"}},
		"ephemeris_reconstructed": {{"2026-01-01, 00:00:00", "2026-01-05, 00:00:00"}},
	} {
		var rows []struct {
			Intervals [][2]string `json:"file_intervals_datetime"`
			First     string      `json:"min_date_datetime"`
			Last      string      `json:"max_date_datetime"`
		}
		if _, body := get("/spice-query?type=" + kind); json.Unmarshal(body, &rows) != nil || len(rows) != 1 {
			t.Fatalf("%s: %s", kind, body)
		}
		if diff := cmp.Diff(want, rows[0].Intervals); diff != "" || rows[0].First != want[0][0] || rows[0].Last != want[len(want)-1][1] {
			t.Errorf("%s: %s to %s: (-want +got)\n%s", kind, rows[0].First, rows[0].Last, diff)
		}
	}
	status, body := get("/metakernel?start_time=20260101&end_time=20260102&file_types=attitude_history&require_coverage=true")
	var gaps map[string][][2]float64
	if err := json.Unmarshal(body, &gaps); err != nil || status != 422 || len(gaps["spacecraft_attitude_category"]) != 2 {
		t.Errorf("%d %s: the hour between the segments and what follows them are not covered", status, body)
	}
}
