package sdc_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"

	"imapsh/naming"
	"imapsh/sdc"
	"imapsh/sdc/archive"
	"imapsh/sdc/archive/sample"
)

// sampleArchive serves some files of the sample archive, and gives a client of it
// that keeps files in a directory of its own.
func sampleArchive(ctx context.Context) (client *sdc.Client, stop func()) {
	store := archive.NewMemStore(func(yield func(archive.MemFile) bool) {
		for _, file := range sample.Files() {
			if strings.HasPrefix(file.Path, "imap/mag/l1a/2026/01/") && file.Released &&
				!yield(archive.MemFile{Path: file.Path, ModTime: file.Ingested, Bytes: file.Bytes}) {
				return
			}
		}
	})
	a, err := archive.Open(ctx, archive.Options{Store: store})
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	objects := httptest.NewServer(a.Objects())
	api := httptest.NewServer(a.API(objects.URL))
	client, err = sdc.New(sdc.Options{URL: api.URL, DataDir: dir})
	if err != nil {
		panic(err)
	}
	return client, func() {
		api.Close()
		objects.Close()
		_ = a.Close()
		_ = os.RemoveAll(dir)
	}
}

func ExampleClient_Query() {
	ctx := context.Background()
	client, stop := sampleArchive(ctx)
	defer stop()
	records, err := client.Query(ctx, sdc.Query{
		Instrument: []naming.Instrument{"mag"},
		Descriptor: []string{"norm-*"},
		StartDate:  "20260105",
		EndDate:    "20260106",
		Version:    sdc.Latest,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, record := range records {
		fmt.Println(record.Filename(), record.Text("start_date"))
	}
	// Output:
	// imap_mag_l1a_norm-magi_20260105_v001.0002.cdf 20260105
	// imap_mag_l1a_norm-magi_20260106_v001.0001.cdf 20260106
	// imap_mag_l1a_norm-mago_20260105_v001.0002.cdf 20260105
	// imap_mag_l1a_norm-mago_20260106_v001.0001.cdf 20260106
}

func ExampleClient_DownloadAll() {
	ctx := context.Background()
	client, stop := sampleArchive(ctx)
	defer stop()
	records, err := client.Query(ctx, sdc.Query{Descriptor: []string{"norm-mago"}, EndDate: "20260103", Version: sdc.Latest})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := client.DownloadAll(ctx, records.FilePaths(), sdc.DownloadOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, transfer := range report {
		fmt.Println(transfer.Status, transfer.FilePath)
	}
	// What is there already is not fetched again.
	report, err = client.DownloadAll(ctx, records.FilePaths(), sdc.DownloadOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(report.With(sdc.Skipped)), "of", len(report), "skipped")
	// Output:
	// downloaded imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260101_v001.0001.cdf
	// downloaded imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260102_v001.0003.cdf
	// downloaded imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260103_v001.0001.cdf
	// 3 of 3 skipped
}
