package archive_test

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
	"imapsh/sdc/archive/sample"
	"imapsh/sdc/ccsds"
)

// rawDays are MAG's raw packets of nine days from 2026-01-01 on.
func rawDays() []sample.File {
	var files []sample.File
	for _, f := range sample.Files() {
		if strings.HasPrefix(f.Path, "imap/mag/l0/2026/01/imap_mag_l0_raw_2026010") {
			files = append(files, f)
		}
	}
	return files
}

func askWebpoda(t *testing.T, url, credential string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if credential != "" {
		request.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(credential)))
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// TestWebpodaPackets: a day with a buffer has the packets of that time, of one APID, in
// order, from the newest version of each file.
func TestWebpodaPackets(t *testing.T) {
	url := archivetest.Serve(t, archive.Options{Store: sample.Store(rawDays()), Keys: []string{"key"}})
	const limits = "?time%3E=2026-01-05T23:30:00.000000&time%3C2026-01-07T00:30:00.000000&project(packet)"
	status, body := askWebpoda(t, url+"/dap2/apids/SID1/apid_1052.bin"+limits, "user:key")
	if status != 200 || body == "" {
		t.Fatalf("status %d, %d bytes", status, len(body))
	}
	packets, n, last := ccsds.NewReader(strings.NewReader(body)), 0, ""
	for {
		packet, err := packets.Next()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		met, _ := packet.MET()
		at := met.UTC()
		if packet.APID != 1052 || at < "2026-01-05T23:30:00" || at >= "2026-01-07T00:30:00" || at < last {
			t.Errorf("packet of APID %d at %s, after %s", packet.APID, at, last)
		}
		last = at
		n++
	}
	status, times := askWebpoda(t, url+"/dap2/apids/SID1/apid_1052.txt"+strings.Replace(limits, "project(packet)", "project(time)&formatTime(%22yyyy-MM-dd'T'HH:mm:ss%22)", 1), "user:key")
	if lines := strings.Count(times, "\n"); status != 200 || lines != n || !strings.HasSuffix(times, last+"\n") {
		t.Errorf("status %d, %d times for %d packets, the last %s", status, lines, n, last)
	}
}

// TestWebpodaByReception asks for what came in during a day.
func TestWebpodaByReception(t *testing.T) {
	files := rawDays()[:1]
	url := archivetest.Serve(t, archive.Options{Store: sample.Store(files), Keys: []string{"key"}})
	day := files[0].Ingested.UTC().Truncate(24 * time.Hour)
	ask := func(from time.Time) string {
		const layout = "2006-01-02T15:04:05.000000"
		_, body := askWebpoda(t, url+"/dap2/apids/SID1/apid_1068.txt?ert%3E="+from.Format(layout)+"&ert%3C"+from.AddDate(0, 0, 1).Format(layout)+"&project(time)", "user:key")
		return body
	}
	if ask(day) == "" || ask(day.AddDate(0, 0, 1)) != "" {
		t.Error("what came in is not what that day brought")
	}
}

func TestWebpodaRefuses(t *testing.T) {
	url := archivetest.Serve(t, archive.Options{Store: sample.Store(nil), Keys: []string{"key"}})
	const good = "?time%3E=2026-01-05T00:00:00&time%3C2026-01-06T00:00:00"
	for _, test := range []struct {
		name, request, credential string
		status                    int
		want                      string
	}{
		{"no credential", "SID1/apid_1052.bin" + good, "", 401, "Unauthorized"},
		{"wrong key", "SID1/apid_1052.bin" + good, "user:x", 401, "Unauthorized"},
		{"nothing there", "SID1/apid_1052.bin" + good, "user:key", 200, ""},
		{"no such stream", "SID2/apid_1052.bin" + good, "user:key", 400, "There is no such stream"},
		{"APID", "SID1/apid_2048.bin" + good, "user:key", 400, "must be from 0 to 2047"},
		{"one limit", "SID1/apid_1052.bin?time%3E=2026-01-05T00:00:00", "user:key", 400, "Give both limits"},
		{"limits of both", "SID1/apid_1052.bin?time%3E=2026-01-05T00:00:00&ert%3C2026-01-06T00:00:00", "user:key", 400, "Give both limits"},
		{"no limit", "SID1/apid_1052.bin?x%3E=1", "user:key", 400, "is no limit"},
		{"no time", "SID1/apid_1052.bin?time%3E=20260105", "user:key", 400, "is no time"},
		{"broken escape", "SID1/apid_1052.bin?time%3", "user:key", 400, "broken escape"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, body := askWebpoda(t, url+"/dap2/apids/"+test.request, test.credential)
			if status != test.status || !strings.Contains(body, test.want) {
				t.Errorf("%d %s", status, body)
			}
		})
	}
}
