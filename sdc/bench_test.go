package sdc

import (
	"bufio"
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The benchmarks download from another process, so that the memory and the time
// are the client's alone. The instrument in a name tells a file's size.
//
//	go test -run '^$' -bench Download -benchtime 3x ./sdc/
func benchmarkedSize(name string) int64 {
	switch {
	case strings.Contains(name, "_hi_"):
		return 2 << 30
	case strings.Contains(name, "_swe_"):
		return 50_000_000
	}
	return 100_000
}

func benchmarkedNames(instrument string, n int) []string {
	names := manyNames(n)
	for i := range names {
		names[i] = strings.Replace(names[i], "_mag_", "_"+instrument+"_", 1)
	}
	return names
}

// repeated is one block of bytes again and again.
type repeated struct {
	block  []byte
	size   int64
	offset int64
}

func (r *repeated) Read(p []byte) (n int, err error) {
	if r.offset >= r.size {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), r.size-r.offset)]
	for n < len(p) {
		n += copy(p[n:], r.block[(r.offset+int64(n))%int64(len(r.block)):])
	}
	r.offset += int64(n)
	return n, nil
}

func (r *repeated) Seek(offset int64, whence int) (int64, error) {
	r.offset = offset + map[int]int64{io.SeekStart: 0, io.SeekCurrent: r.offset, io.SeekEnd: r.size}[whence]
	return r.offset, nil
}

// childServes is an archive of files made up, each answer of which takes
// SDC_TEST_DELAY. It prints its URL and ends with its input.
func childServes() error {
	delay, err := time.ParseDuration(os.Getenv("SDC_TEST_DELAY"))
	if err != nil {
		return err
	}
	block := someBytes(1<<20, 4)
	var sums sync.Map
	etag := func(size int64) string {
		sum := sync.OnceValue(func() string {
			hash := md5.New()
			_, _ = io.Copy(hash, &repeated{block: block, size: size})
			return hex.EncodeToString(hash.Sum(nil))
		})
		known, _ := sums.LoadOrStore(size, sum)
		return `"` + known.(func() string)() + `"`
	}
	for _, name := range []string{"_mag_", "_swe_", "_hi_"} {
		etag(benchmarkedSize(name))
	}
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(delay)
		size := benchmarkedSize(r.URL.Path)
		w.Header().Set("ETag", etag(size))
		http.ServeContent(w, r, "", time.Time{}, &repeated{block: block, size: size})
	}))
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(delay)
		_, path, _ := strings.Cut(r.URL.Path, "/download")
		http.Redirect(w, r, store.URL+path, http.StatusFound)
	}))
	fmt.Println(api.URL)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// childFetches downloads SDC_TEST_COUNT files of SDC_TEST_INSTRUMENT and prints
// the seconds, the most memory it had (kB), and what it waited for.
func childFetches() error {
	client, err := childClient()
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(os.Getenv("SDC_TEST_COUNT"))
	if err != nil {
		return err
	}
	concurrency, err := strconv.Atoi(os.Getenv("SDC_TEST_CONCURRENCY"))
	if err != nil {
		return err
	}
	began := time.Now()
	report, err := client.DownloadAll(context.Background(), benchmarkedNames(os.Getenv("SDC_TEST_INSTRUMENT"), count),
		DownloadOptions{Concurrency: Concurrency(concurrency), Progress: func(Event) {}})
	if err != nil {
		return err
	}
	for _, t := range report {
		if t.Verified != VerifiedMD5 {
			return fmt.Errorf("%+v", t)
		}
	}
	peak := "0"
	if text, err := os.ReadFile("/proc/self/status"); err == nil {
		if _, rest, found := strings.Cut(string(text), "VmHWM:"); found {
			peak = strings.Fields(rest)[0]
		}
	}
	fmt.Println(time.Since(began).Seconds(), peak)
	return nil
}

func benchmarkDownload(b *testing.B, instrument string, count, concurrency int, delay string) {
	server := child(b, "serve", "", "", "SDC_TEST_DELAY="+delay)
	stdin, err := server.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() { stdin.Close(); _ = server.Wait() }()
	api, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	var seconds, peak float64
	for b.Loop() {
		s, p := fetchOnce(b, strings.TrimSpace(api), instrument, count, concurrency)
		seconds += s
		peak = max(peak, p)
	}
	b.ReportMetric(seconds/float64(b.N), "s/call")
	b.ReportMetric(peak/1024, "MiB-peak-RSS")
	b.ReportMetric(float64(benchmarkedSize("_"+instrument+"_"))*float64(count)*float64(b.N)/seconds/1e6, "MB/s-transferred")
}

func fetchOnce(b *testing.B, api, instrument string, count, concurrency int) (seconds, peak float64) {
	dir, err := os.MkdirTemp("", "sdc-bench")
	if err != nil {
		b.Fatal(err)
	}
	defer os.RemoveAll(dir)
	var cmd *exec.Cmd = child(b, "fetch", api, dir, "SDC_TEST_INSTRUMENT="+instrument,
		"SDC_TEST_COUNT="+strconv.Itoa(count), "SDC_TEST_CONCURRENCY="+strconv.Itoa(concurrency))
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		b.Fatalf("%v: %s", err, cmd.Stderr)
	}
	if _, err := fmt.Sscan(out.String(), &seconds, &peak); err != nil {
		b.Fatal(err)
	}
	return seconds, peak
}

func BenchmarkDownload500SmallFiles(b *testing.B)   { benchmarkDownload(b, "mag", 500, 8, "30ms") }
func BenchmarkDownload500OneByOne(b *testing.B)     { benchmarkDownload(b, "mag", 500, 1, "30ms") }
func BenchmarkDownload2GiB(b *testing.B)            { benchmarkDownload(b, "hi", 1, 8, "0s") }
func BenchmarkDownload2GiBOneByOne(b *testing.B)    { benchmarkDownload(b, "hi", 1, 1, "0s") }
func BenchmarkDownload20LargeFiles(b *testing.B)    { benchmarkDownload(b, "swe", 20, 8, "0s") }
func BenchmarkDownload20LargeOneByOne(b *testing.B) { benchmarkDownload(b, "swe", 20, 1, "0s") }
