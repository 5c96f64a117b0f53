package sdc

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestServerThatDoesNotFinishTheTLSHandshake(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		silent := &memoryListener{conns: make(chan net.Conn), closed: make(chan struct{})}
		defer silent.Close()
		r.listener["silent.test:443"] = silent
		go func() {
			for conn, err := silent.Accept(); err == nil; conn, err = silent.Accept() {
				defer conn.Close()
			}
		}()
		if err := r.client.SetURL("https://silent.test"); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		_, err := r.client.Query(t.Context(), Query{Filename: someName})
		if err == nil || !strings.Contains(err.Error(), "TLS handshake timeout (tried 4 times") || time.Since(began) > 70*time.Second {
			t.Errorf("%v in %v", err, time.Since(began))
		}
	})
}

func TestInterruptedDownloadGoesOnInTheNextCall(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithTimeoutCause(t.Context(), 5*time.Second, errors.New("^C"))
		defer cancel()
		r.onStore = times(1, silentAfter(1<<19, r.right))
		transfer, err := r.client.Download(ctx, someName, DownloadOptions{})
		r.failed(transfer, err, "^C")

		transfer, err = r.download(DownloadOptions{})
		r.whole(transfer, err)
		asked := r.to("store.test")
		if last := asked[len(asked)-1]; !strings.HasSuffix(last, "bytes=524288-") || transfer.Bytes != 1<<19 {
			t.Errorf("asked %s, moved %d", last, transfer.Bytes)
		}
	})
}

// TestKeptPart starts with a part that an earlier run left.
func TestKeptPart(t *testing.T) {
	content := someBytes(1<<20, 1)
	tag := func(size int, whole int) string {
		return fmt.Sprintf(`{"etag":"\"%s\"","size":%d,"md5":"%s","whole":%d}`, md5Hex(content), size, md5Hex(content), whole)
	}
	beyond := func(whole int, ends ...int) string {
		var spans []string
		for i := 0; i < len(ends); i += 2 {
			spans = append(spans, fmt.Sprintf(`{"from":%d,"to":%d}`, ends[i], ends[i+1]))
		}
		return strings.TrimSuffix(tag(1<<20, whole), "}") + `,"beyond":[` + strings.Join(spans, ",") + "]}"
	}
	damaged := slices.Clone(content)
	damaged[7] ^= 1
	for _, test := range []struct {
		name  string
		part  []byte
		tag   string
		asked []string
	}{
		{"half", content[:1<<19], tag(1<<20, -1), []string{"bytes=524288-"}},
		{"416 on a complete part", content, tag(1<<20, -1), []string{"bytes=1048576-"}},
		{"416 on a complete part that is damaged", damaged, tag(1<<20, -1), []string{"bytes=1048576-", "-"}},
		{"416 on an oversized part", append(slices.Clone(content), "more"...), tag(1<<20+4, -1), []string{"bytes=1048580-", "-"}},
		{"oversized", append(slices.Clone(content), "more"...), tag(1<<20, -1), []string{"-"}},
		{"half, damaged", damaged[:1<<19], tag(1<<20, -1), []string{"bytes=524288-", "-"}},
		{"of another object", content[:1<<19], `{"etag":"\"another\"","size":1048576,"whole":-1}`, []string{"bytes=524288-"}},
		{"no tag", content[:1<<19], "", []string{"-"}},
		{"torn tag", content[:1<<19], `{"etag":"\"abc`, []string{"-"}},
		{"ranges with holes", damaged, tag(1<<20, 4), []string{"bytes=4-"}},
		{"ranges of which nothing is certain", damaged, tag(1<<20, 0), []string{"-"}},
		{"all but a hole", damaged, beyond(4, 1<<19, 1<<20), []string{"bytes=4-"}},
		{"all but two holes", damaged, beyond(4, 100_000, 500_000, 600_000, 1<<20), []string{"bytes=4-", "bytes=500000-599999"}},
		{"all but the beginning", damaged, beyond(0, 1<<19, 1<<20), []string{"-"}},
		{"all but the end", content, beyond(4, 5, 1<<19), []string{"bytes=4-", "bytes=524288-1048575"}},
		{"what cannot be: no hole", damaged, beyond(8, 8, 1<<20), []string{"bytes=8-", "-"}},
		{"what cannot be: over the end", damaged[:1<<19], beyond(4, 8, 1<<20), []string{"bytes=4-"}},
		{"what cannot be: not in order", damaged, beyond(4, 1<<19, 1<<20, 8, 100), []string{"bytes=4-"}},
		{"less than the tag says", content[:10], tag(1<<20, 20), []string{"-"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				path := r.client.LocalPath(somePath)
				write(t, path+".part", test.part)
				if test.tag != "" {
					write(t, path+".part.json", []byte(test.tag))
				}
				r.whole(r.download(DownloadOptions{}))
				var asked []string
				for _, line := range r.to("store.test") {
					asked = append(asked, append(strings.Fields(line), "-")[3])
				}
				if !slices.Equal(asked, test.asked) {
					t.Errorf("asked for %v, want %v", asked, test.asked)
				}
			})
		})
	}
}

// TestRestartHasItsOwnPatience: what was dropped is no measure of what comes then.
func TestRestartHasItsOwnPatience(t *testing.T) {
	inRig(t, func(t *testing.T, r *rig) {
		r.content = someBytes(16<<20, 2)
		path := r.client.LocalPath(somePath)
		write(t, path+".part", someBytes(15<<20, 3))
		write(t, path+".part.json", []byte(`{"etag":"\"another\"","size":16777216,"whole":-1}`))
		// Not 206 but 200: it starts over. What then comes takes 12 minutes, and breaks off.
		r.onStore = times(1, cutAfter(6<<20, func(w http.ResponseWriter, q *http.Request) { r.right(&slowWriter{w}, q) }))
		r.onStore = append(r.onStore, times(9, cutAfter(300<<10, r.right))...)
		r.whole(r.download(DownloadOptions{}))
		asked := r.to("store.test")
		if len(asked) != 11 || !strings.HasSuffix(asked[0], "bytes=15728640-") || !strings.HasSuffix(asked[1], "bytes=6291456-") {
			t.Errorf("asked %q", asked)
		}
	})
}

func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(path[:strings.LastIndexByte(path, '/')], 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
}
