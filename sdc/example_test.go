package sdc_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"imapsh/naming"
	"imapsh/sdc"
	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
	"imapsh/sdc/archive/sample"
)

// sampleArchive serves some files of the sample archive, and gives a client of it
// that keeps files in a directory of its own.
func sampleArchive() (client *sdc.Client, stop func()) {
	files := slices.DeleteFunc(sample.Released(sample.Files()), func(f sample.File) bool {
		return !strings.HasPrefix(f.Path, "imap/mag/l1a/2026/01/")
	})
	url, stopServer, err := archivetest.Start(archive.Options{Store: sample.Store(files)})
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	client, err = sdc.New(sdc.Options{URL: url, DataDir: dir})
	if err != nil {
		panic(err)
	}
	return client, func() {
		_ = stopServer()
		_ = os.RemoveAll(dir)
	}
}

func ExampleClient_Query() {
	ctx := context.Background()
	client, stop := sampleArchive()
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
	client, stop := sampleArchive()
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
