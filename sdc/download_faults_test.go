package sdc

import (
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"imapsh/sdc/internal/transport"
)

const expiredToken = `<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>`

// TestFaults puts every fault of a download in its way, and checks that the
// outcome is the rule's: the whole file, or an error and none.
func TestFaults(t *testing.T) {
	half := 1 << 19
	for _, test := range []struct {
		name   string
		set    func(r *rig)
		fails  string       // part of the error; empty: the file is whole
		proof  Verification // empty: md5
		asked  []string     // the ranges that the store was asked for, "-" for all; nil: whatever
		lasts  [2]time.Duration
		status int // of the *Error
	}{
		{name: "nothing", asked: []string{"-"}},
		{name: "connection closed half way",
			set:   func(r *rig) { r.onStore = times(1, cutAfter(half, r.right)) },
			asked: []string{"-", "bytes=524288-"}},
		{name: "reset again and again, with progress",
			set: func(r *rig) {
				r.content = someBytes(8<<20, 1)
				r.onStore = times(24, cutAfter(300<<10, r.right))
			}},
		{name: "reset again and again, without",
			set:   func(r *rig) { r.always = cutAfter(1000, r.right) },
			fails: "tried 8 times"},
		{name: "closed before the answer",
			set: func(r *rig) {
				r.onStore = times(3, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
			},
			asked: []string{"-", "-", "-", "-"}},
		{name: "silence half way",
			set:   func(r *rig) { r.onStore = times(1, silentAfter(half, r.right)) },
			asked: []string{"-", "bytes=524288-"}, lasts: [2]time.Duration{30 * time.Second, 61 * time.Second}},
		{name: "silence before the answer",
			set: func(r *rig) {
				r.onStore = times(1, func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() })
			},
			asked: []string{"-", "-"}, lasts: [2]time.Duration{time.Minute, 61 * time.Second}},
		{name: "silence, always",
			set:   func(r *rig) { r.always = silentAfter(1, r.right) },
			fails: "stalled"},
		{name: "one byte a second",
			set:   func(r *rig) { r.onStore = times(1, r.crawl) },
			asked: []string{"-", "bytes=31-"}, lasts: [2]time.Duration{29 * time.Second, 32 * time.Second}},
		{name: "slow but steady", // 128 s at 8 KiB/s: there is no limit on the whole
			set: func(r *rig) {
				r.always = func(w http.ResponseWriter, q *http.Request) { r.right(&slowWriter{w}, q) }
			},
			asked: []string{"-"}, lasts: [2]time.Duration{127 * time.Second, 130 * time.Second}},
		{name: "Range ignored",
			set: func(r *rig) {
				r.onStore = []http.HandlerFunc{cutAfter(half, r.right), func(w http.ResponseWriter, q *http.Request) {
					q.Header.Del("Range")
					r.right(w, q)
				}}
			},
			asked: []string{"-", "bytes=524288-"}},
		{name: "wrong Content-Range",
			set: func(r *rig) {
				r.onStore = []http.HandlerFunc{cutAfter(half, r.right), func(w http.ResponseWriter, q *http.Request) {
					q.Header.Set("Range", "bytes=0-")
					r.right(w, q)
				}}
			},
			asked: []string{"-", "bytes=524288-", "-"}},
		{name: "206 that was not asked for",
			set: func(r *rig) {
				r.always = func(w http.ResponseWriter, q *http.Request) {
					q.Header.Set("Range", "bytes=0-99")
					r.right(w, q)
				}
			},
			fails: "changed while it was fetched"},
		{name: "object changed between tries",
			set: func(r *rig) {
				r.onStore = times(1, cutAfter(half, r.right))
				old := r.content
				r.onStore = append(r.onStore, func(w http.ResponseWriter, q *http.Request) {
					r.mu.Lock()
					r.content = someBytes(len(old)+5, 2)
					r.mu.Unlock()
					r.right(w, q)
				})
			},
			asked: []string{"-", "bytes=524288-"}},
		{name: "object changed, If-Range ignored",
			set: func(r *rig) {
				r.onStore = times(1, cutAfter(half, r.right))
				r.onStore = append(r.onStore, func(w http.ResponseWriter, q *http.Request) {
					r.mu.Lock()
					r.content = someBytes(len(r.content), 2)
					r.mu.Unlock()
					q.Header.Del("If-Range")
					r.right(w, q)
				})
			},
			asked: []string{"-", "bytes=524288-", "-"}},
		{name: "body longer than announced", // HTTP ends it where it was announced to
			set: func(r *rig) {
				r.onStore = times(1, raw(func() string {
					return "HTTP/1.1 200 OK\r\nETag: \"" + md5Hex(r.content) + "\"\r\nContent-Length: 1048576\r\n\r\n" + string(r.content) + "more"
				}))
			}},
		{name: "body longer than announced, in the hash too",
			set: func(r *rig) {
				r.always = raw(func() string {
					return "HTTP/1.1 200 OK\r\nETag: \"" + md5Hex(r.content) + "\"\r\nContent-Length: 1048000\r\n\r\n" + string(r.content)
				})
			},
			fails: "the bytes have MD5"},
		{name: "resumed body longer than the object",
			set: func(r *rig) {
				r.onStore = []http.HandlerFunc{cutAfter(half, r.right), raw(func() string {
					return "HTTP/1.1 206 Partial Content\r\nETag: \"" + md5Hex(r.content) + "\"\r\nContent-Length: 600000\r\n" +
						"Content-Range: bytes 524288-1048575/1048576\r\n\r\n" + string(r.content[:600000])
				})}
			},
			asked: []string{"-", "bytes=524288-", "-"}},
		{name: "shorter than announced, always",
			set: func(r *rig) {
				r.always = func(w http.ResponseWriter, q *http.Request) {
					w.Header().Set("Content-Length", "1048576")
					w.Write(r.content[:1000])
				}
			},
			fails: "tried 8 times"},
		{name: "one bit flipped once",
			set:   func(r *rig) { r.onStore = times(1, r.flipped) },
			asked: []string{"-", "-"}, lasts: [2]time.Duration{0, time.Second}},
		{name: "one bit flipped always",
			set:   func(r *rig) { r.always = r.flipped },
			fails: "the bytes have MD5", asked: []string{"-", "-"}},
		{name: "multipart ETag", proof: VerifiedSize,
			set: func(r *rig) { r.always = r.tagged(`"` + strings.Repeat("ab", 16) + `-4"`) }},
		{name: "multipart ETag, cut half way", proof: VerifiedSize, asked: []string{"-", "bytes=524288-"},
			set: func(r *rig) {
				r.always = r.tagged(`"` + strings.Repeat("ab", 16) + `-4"`)
				r.onStore = times(1, cutAfter(half, r.always))
			}},
		{name: "KMS ETag", proof: VerifiedSize,
			set: func(r *rig) {
				r.always = r.tagged(`"`+strings.Repeat("ab", 16)+`"`, "x-amz-server-side-encryption", "aws:kms")
			}},
		{name: "KMS ETag, cut half way", proof: VerifiedSize, asked: []string{"-", "bytes=524288-"},
			set: func(r *rig) {
				r.always = r.tagged(`"`+strings.Repeat("ab", 16)+`"`, "x-amz-server-side-encryption", "aws:kms:dsse")
				r.onStore = times(1, cutAfter(half, r.always))
			}},
		{name: "no ETag, cut half way", proof: VerifiedSize, asked: []string{"-", "-"},
			set: func(r *rig) {
				r.always = r.tagged("")
				r.onStore = times(1, cutAfter(half, r.always))
			}},
		{name: "weak ETag, cut half way", proof: VerifiedSize, asked: []string{"-", "-"},
			set: func(r *rig) {
				r.always = r.tagged(`W/"1"`)
				r.onStore = times(1, cutAfter(half, r.always))
			}},
		{name: "Content-Encoding on an object", // the raw bytes are stored
			set: func(r *rig) {
				r.content = gzipped(someBytes(1000, 3))
				r.always = r.tagged(`"`+md5Hex(r.content)+`"`, "Content-Encoding", "gzip")
			}},
		{name: "no Content-Length",
			set: func(r *rig) {
				r.always = func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("ETag", `"`+md5Hex(r.content)+`"`)
					http.NewResponseController(w).Flush()
					w.Write(r.content)
				}
			}},
		{name: "no Content-Length, cut half way", asked: []string{"-", "bytes=524288-"},
			set: func(r *rig) {
				r.onStore = times(1, cutAfter(half, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("ETag", `"`+md5Hex(r.content)+`"`)
					http.NewResponseController(w).Flush()
					w.Write(r.content)
				}))
			}},
		{name: "neither length nor hash nor end",
			set: func(r *rig) {
				r.always = raw(func() string { return "HTTP/1.0 200 OK\r\n\r\n" + string(r.content) })
			},
			fails: "whether the file is complete is not known"},
		{name: "empty object",
			set: func(r *rig) { r.content = nil }},
		{name: "200 HTML from the store",
			set: func(r *rig) {
				r.always = status(200, "<html>log in</html>", "Content-Type", "text/html; charset=utf-8")
			},
			fails: "a page came instead of the file", asked: []string{"-"}},
		{name: "200 HTML from the store, as bytes",
			set:   func(r *rig) { r.always = status(200, "\n<!DOCTYPE HTML><p>", "Content-Type", "binary/octet-stream") },
			fails: "a page came instead of the file"},
		{name: "200 JSON from the store",
			set:   func(r *rig) { r.always = status(200, `{"message": "no"}`, "Content-Type", "application/json") },
			fails: "a page came instead of the file"},
		{name: "200 HTML from /download",
			set:   func(r *rig) { r.onAPI = times(9, status(200, "<html>", "Content-Type", "text/html")) },
			fails: "200 OK", asked: []string{}},
		{name: "302 without Location",
			set:   func(r *rig) { r.onAPI = times(9, status(302, "")) },
			fails: "did not say where the file is", asked: []string{}},
		{name: "302 that names no host",
			set:   func(r *rig) { r.onAPI = times(1, status(302, "", "Location", "http:opaque")) },
			fails: "did not say where the file is", asked: []string{}},
		{name: "302 that cannot be read",
			set:   func(r *rig) { r.onAPI = times(1, status(302, "", "Location", "http://[::1/")) },
			fails: "parse Location", asked: []string{}},
		{name: "302 to ftp",
			set:   func(r *rig) { r.onAPI = times(9, status(302, "", "Location", "ftp://store.test/x")) },
			fails: "not safe", asked: []string{}},
		{name: "302 in a loop",
			set:   func(r *rig) { r.always = status(302, "", "Location", "/again?X-Amz-Signature=sigsecret") },
			fails: "too many redirects"},
		{name: "302 from the store, once",
			set:   func(r *rig) { r.onStore = times(1, status(307, "", "Location", "http://store.test/elsewhere")) },
			asked: []string{"-", "-"}},
		{name: "expired URL", // a fresh one is asked for at once
			set: func(r *rig) {
				r.onStore = times(1, status(403, "<Error><Message>Request has expired</Message></Error>"))
			},
			asked: []string{"-", "-"}, lasts: [2]time.Duration{0, time.Second}},
		{name: "expired credential of the URL",
			set: func(r *rig) {
				r.onStore = []http.HandlerFunc{cutAfter(half, r.right), status(400, expiredToken)}
			},
			asked: []string{"-", "bytes=524288-", "bytes=524288-"}},
		{name: "400 from the store",
			set: func(r *rig) {
				r.always = status(400, "<Error><Code>InvalidRequest</Code><Message>Not so</Message></Error>")
			},
			fails: "Not so", asked: []string{"-"}, status: 400},
		{name: "expired URL mid-file",
			set: func(r *rig) {
				r.onStore = []http.HandlerFunc{cutAfter(half, r.right), status(403, "<Error><Message>Request has expired</Message></Error>")}
			},
			asked: []string{"-", "bytes=524288-", "bytes=524288-"}},
		{name: "403 from the store, always",
			set:   func(r *rig) { r.always = status(403, "<Error><Message>Access Denied</Message></Error>") },
			fails: "Access Denied", asked: []string{"-", "-", "-"}, status: 403},
		{name: "404 from the store",
			set:   func(r *rig) { r.always = status(404, "<Error><Message>NoSuchKey</Message></Error>") },
			fails: "NoSuchKey", asked: []string{"-"}, status: 404},
		{name: "400", set: func(r *rig) { r.onAPI = times(9, status(400, `"bad path"`)) }, fails: "bad path", asked: []string{}, status: 400},
		{name: "401", set: func(r *rig) { r.onAPI = times(9, status(401, `{"message":"no"}`)) }, fails: "401", asked: []string{}, status: 401},
		{name: "403", set: func(r *rig) { r.onAPI = times(9, status(403, `not public`)) }, fails: "not public", asked: []string{}, status: 403},
		{name: "404", set: func(r *rig) { r.onAPI = times(9, status(404, `none`)) }, fails: "none", asked: []string{}, status: 404},
		{name: "409", set: func(r *rig) { r.onAPI = times(9, status(409, `{}`)) }, fails: "409", asked: []string{}, status: 409},
		{name: "429 with seconds",
			set:   func(r *rig) { r.onStore = times(1, status(429, "", "Retry-After", "40")) },
			asked: []string{"-", "-"}, lasts: [2]time.Duration{40 * time.Second, 41 * time.Second}},
		{name: "429 with a date",
			set: func(r *rig) {
				r.onAPI = times(1, status(429, "", "Retry-After", time.Now().Add(90*time.Second).UTC().Format(http.TimeFormat)))
			},
			asked: []string{"-"}, lasts: [2]time.Duration{89 * time.Second, 91 * time.Second}},
		{name: "429 with an hour",
			set:   func(r *rig) { r.always = status(429, "", "Retry-After", "3600") },
			fails: "asks to wait 1h0m0s", asked: []string{"-"}, status: 429, lasts: [2]time.Duration{0, time.Second}},
		{name: "503 twice",
			set:   func(r *rig) { r.onStore = times(2, status(503, "<Error><Message>SlowDown</Message></Error>")) },
			asked: []string{"-", "-", "-"}, lasts: [2]time.Duration{0, 2 * time.Second}},
		{name: "500, 502, 504, 408 once each",
			set: func(r *rig) {
				r.onStore = []http.HandlerFunc{status(500, ""), status(502, ""), status(504, ""), status(408, "")}
			},
			asked: []string{"-", "-", "-", "-", "-"}},
		{name: "503 always", // about a minute, then it is given up
			set:   func(r *rig) { r.always = status(503, "") },
			fails: "tried 8 times", status: 503, lasts: [2]time.Duration{0, 2 * time.Minute}},
	} {
		t.Run(test.name, func(t *testing.T) {
			inRig(t, func(t *testing.T, r *rig) {
				if test.set != nil {
					test.set(r)
				}
				began := time.Now()
				transfer, err := r.download(DownloadOptions{})
				lasted := time.Since(began)
				if test.fails != "" {
					r.failed(transfer, err, test.fails)
				} else {
					r.whole(transfer, err)
					proof := test.proof
					if proof == "" {
						proof = VerifiedMD5
					}
					if transfer.Verified != proof || transfer.Status != Downloaded {
						t.Errorf("%s, verified %q, want %q", transfer.Status, transfer.Verified, proof)
					}
				}
				var asked []string
				for _, line := range r.to("store.test") {
					fields := append(strings.Fields(line), "-")
					asked = append(asked, fields[3])
				}
				if test.asked != nil && !slices.Equal(asked, test.asked) {
					t.Errorf("asked the store for %v, want %v", asked, test.asked)
				}
				if test.lasts[1] > 0 && (lasted < test.lasts[0] || lasted > test.lasts[1]) {
					t.Errorf("it lasted %v, want %v", lasted, test.lasts)
				}
				var refused *Error
				if errors.As(err, &refused); test.status != 0 && (refused == nil || refused.Status != test.status) {
					t.Errorf("error %v, want status %d", err, test.status)
				}
				lines, headers := r.requests()
				for i, line := range lines {
					if h := headers[i]; !strings.Contains(line, "api.test") && (h.Get("x-api-key") != "" || h.Get("Authorization") != "") {
						t.Errorf("the key went along: %s", line)
					}
				}
			})
		})
	}
}

// raw answers with exactly this, and closes the connection.
func raw(text func() string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, text())
	}
}

func (r *rig) flipped(w http.ResponseWriter, q *http.Request) {
	content := slices.Clone(r.content)
	content[len(content)/3] ^= 4
	serve(w, q, content, `"`+md5Hex(r.content)+`"`)
}

func (r *rig) tagged(etag string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		serve(w, q, r.content, etag)
	}
}

func (r *rig) crawl(w http.ResponseWriter, q *http.Request) {
	w.Header().Set("ETag", `"`+md5Hex(r.content)+`"`)
	w.Header().Set("Content-Length", fmt.Sprint(len(r.content)))
	for i := range r.content {
		if _, err := w.Write(r.content[i : i+1]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		if transport.Sleep(q.Context(), time.Second-time.Millisecond) != nil {
			return
		}
	}
}

// slowWriter sends 8 KiB a second.
type slowWriter struct{ http.ResponseWriter }

func (w *slowWriter) Write(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var m int
		m, err = w.ResponseWriter.Write(p[n:min(len(p), n+8<<10)])
		n += m
		_ = http.NewResponseController(w.ResponseWriter).Flush()
		time.Sleep(time.Second)
	}
	return n, err
}

func gzipped(b []byte) []byte {
	var out strings.Builder
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return []byte(out.String())
}
