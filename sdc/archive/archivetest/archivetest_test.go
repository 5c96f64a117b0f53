package archivetest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
	"imapsh/sdc/archive/sample"
)

func TestServeUntilTheTestEnds(t *testing.T) {
	files := sample.Released(sample.Files())[:3]
	var url string
	t.Run("while it runs", func(t *testing.T) {
		url = archivetest.Serve(t, archive.Options{Store: sample.Store(files)})
		response, err := http.Get(url + "/download/" + files[0].Path) // follows to the other origin
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK || string(body) != string(files[0].Bytes()) {
			t.Errorf("status %d, %d bytes, %v", response.StatusCode, len(body), err)
		}
	})
	if response, err := http.Get(url + "/query"); err == nil {
		response.Body.Close()
		t.Errorf("it answers after its test: status %d", response.StatusCode)
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	if _, _, err := archivetest.Start(archive.Options{}); err == nil || !strings.Contains(err.Error(), "no store") {
		t.Errorf("without a store: %v", err)
	}
}
