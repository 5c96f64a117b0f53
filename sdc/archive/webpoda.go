package archive

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"imapsh/naming"
	"imapsh/sdc/ccsds"
)

// webpodaPrefix is where the packets lie that webpoda, the mission's service of raw packets,
// has under https://lasp.colorado.edu/ops/imap/poda.
const webpodaPrefix = "/dap2/apids/"

// webpodaPath matches what follows: one APID, as packets or as their times.
var webpodaPath = regexp.MustCompile(`^SID1/apid_(\d{1,4})\.(bin|txt)$`)

// packetRequest is what webpoda is asked for: packets of an APID by their own time, or
// by the time at which they were received.
type packetRequest struct {
	apid       uint16
	asTimes    bool // a line for each packet instead of the packet
	byReceived bool
	from, to   time.Time // half open
}

// serveWebpoda answers a request for packets. The credential is that of the archive's
// keys, as the password of HTTP Basic authentication.
func (a *Archive) serveWebpoda(w http.ResponseWriter, r *http.Request) {
	if !a.basicAccepted(r) {
		w.Header().Set("WWW-Authenticate", `Basic realm="webpoda"`)
		writeText(w, http.StatusUnauthorized, "Unauthorized")
		return
	}
	request, err := parsePackets(strings.TrimPrefix(r.URL.Path, webpodaPrefix), r.URL.RawQuery)
	if err != nil {
		writeText(w, http.StatusBadRequest, err.Error())
		return
	}
	paths, err := a.catalog.packetFiles(r.Context(), request)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	contentType := "application/octet-stream"
	if request.asTimes {
		contentType = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", contentType)
	for _, path := range paths {
		if err := a.writePackets(r.Context(), w, request, path); err != nil {
			a.log.Error("the answer broke off", "path", r.URL.Path, "error", err)
			panic(http.ErrAbortHandler)
		}
	}
}

// basicAccepted reports whether the password of a request is one of the archive's keys.
func (a *Archive) basicAccepted(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(token))
	_, password, _ := strings.Cut(string(plain), ":")
	return strings.EqualFold(scheme, "Basic") && err == nil && a.accepts(password)
}

// parsePackets reads a path such as SID1/apid_1052.bin and a query such as
// time%3E=2024-11-30T23:59:00.000000&time%3C2024-12-02T00:01:00.000000&project(packet).
func parsePackets(path, rawQuery string) (packetRequest, error) {
	var r packetRequest
	parts := webpodaPath.FindStringSubmatch(path)
	if parts == nil {
		return r, badQuery("There is no such stream: use SID1/apid_<N>.bin or SID1/apid_<N>.txt.")
	}
	apid, err := strconv.ParseUint(parts[1], 10, 11)
	if err != nil {
		return r, badQuery(fmt.Sprintf("APID %s must be from 0 to 2047.", parts[1]))
	}
	r.apid, r.asTimes = uint16(apid), parts[2] == "txt"
	columns := map[string]bool{}
	for part := range strings.SplitSeq(rawQuery, "&") {
		text, err := url.QueryUnescape(part)
		if err != nil {
			return r, badQuery(fmt.Sprintf("The query string holds a broken escape: %q", part))
		}
		if strings.HasPrefix(text, "project(") || strings.HasPrefix(text, "formatTime(") {
			continue
		}
		column, limit := text[:min(len("time"), len(text))], &r.from
		if strings.HasPrefix(text, "ert") {
			column = "ert"
		}
		value, ok := strings.CutPrefix(text[len(column):], ">=")
		if !ok {
			limit = &r.to
			value, ok = strings.CutPrefix(text[len(column):], "<")
		}
		if !ok || column != "time" && column != "ert" {
			return r, badQuery(fmt.Sprintf("%q is no limit: use time>=, time<, ert>= or ert<.", text))
		}
		if *limit, err = time.Parse("2006-01-02T15:04:05", value); err != nil {
			return r, badQuery(fmt.Sprintf("%q is no time such as 2024-11-30T23:59:00.000000.", value))
		}
		columns[column] = true
	}
	r.byReceived = columns["ert"]
	if len(columns) != 1 || r.from.IsZero() || r.to.IsZero() {
		return r, badQuery("Give both limits of time, or of ert.")
	}
	return r, nil
}

// packetFiles finds the newest version of each file of raw packets that may hold packets of
// a request. A file comes in when its packets are received.
func (c *catalog) packetFiles(ctx context.Context, r packetRequest) ([]string, error) {
	column, layout, from, to := "start_date", "20060102", r.from.AddDate(0, 0, -1), r.to
	if r.byReceived {
		column, layout, from, to = "ingestion_date", instantLayout, r.from, r.to
	}
	rows, err := c.db.QueryContext(ctx, "SELECT file_path FROM science WHERE data_level = 'l0' AND "+column+" BETWEEN ? AND ? ORDER BY start_date, file_path",
		from.Format(layout), to.Format(layout))
	if err != nil {
		return nil, fmt.Errorf("finding packets: %w", err)
	}
	defer rows.Close()
	newest := map[string]naming.FilePath{}
	var paths []string
	for rows.Next() {
		var path string
		if err := rows.Scan(&path); err != nil {
			return nil, fmt.Errorf("finding packets: %w", err)
		}
		name, err := naming.Parse(path)
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
		root := naming.Unversioned(name)
		if best := newest[root]; best == nil || naming.VersionOf(best).Compare(naming.VersionOf(name)) < 0 {
			newest[root] = name
		}
	}
	paths = slices.DeleteFunc(paths, func(path string) bool {
		name, err := naming.Parse(path)
		return err != nil || newest[naming.Unversioned(name)].ArchivePath() != path
	})
	return paths, rows.Err()
}

// writePackets writes what a request asks for of one file.
func (a *Archive) writePackets(ctx context.Context, w io.Writer, r packetRequest, path string) error {
	object, err := a.store.Open(path)
	if err != nil {
		return err
	}
	defer object.Close()
	packets := ccsds.NewReader(object)
	for ctx.Err() == nil {
		packet, err := packets.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case ccsds.IsFault(err):
			continue
		case err != nil:
			return err
		}
		met, timed := packet.MET()
		if packet.APID != r.apid || !timed {
			continue
		}
		at, err := time.Parse("2006-01-02T15:04:05", met.UTC())
		if err != nil || !r.byReceived && (at.Before(r.from) || !at.Before(r.to)) {
			continue
		}
		if r.asTimes {
			_, err = fmt.Fprintln(w, met.UTC())
		} else {
			_, err = w.Write(packet.Bytes)
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
