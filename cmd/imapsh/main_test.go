package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/adrg/xdg"
	"github.com/rogpeppe/go-internal/testscript"

	"imapsh/sdc/archive"
	"imapsh/sdc/archive/archivetest"
)

// raceAtOnce keeps the race detector from sleeping for a second at the end of every
// program that the tests start.
const raceAtOnce = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	testscript.Main(atHome{m}, map[string]func(){"imapsh": main})
}

// atHome runs the tests with a home of their own, whatever the settings of those who
// run them. The program, when a test starts it, gets its world from the test.
type atHome struct{ *testing.M }

// Run is the exit code.
func (m atHome) Run() int {
	home, err := os.MkdirTemp("", "imapsh-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(home)
	for name, value := range map[string]string{"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_CACHE_HOME": home, "GORACE": raceAtOnce} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	xdg.Reload()
	return m.M.Run()
}

// TestScripts runs the command line as people do; each file of testdata is named
// for what it tries.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"} {
				env.Setenv(name, filepath.Join(env.WorkDir, "home"))
			}
			env.Setenv("NO_PROXY", "*")
			env.Setenv("GORACE", raceAtOnce)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"archive": startArchive,
		},
	})
}

// startArchive is the scripts' command "archive [dir]": it serves a directory, or
// the sample files, to the end of the script, and sets URL.
func startArchive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: archive [dir]")
	}
	options := sampleArchive()
	if len(args) == 1 {
		var err error
		options.Store, err = archive.NewDirStore(ts.MkAbs(args[0]))
		ts.Check(err)
	}
	url, stop, err := archivetest.Start(options)
	ts.Check(err)
	ts.Defer(func() { _ = stop() })
	ts.Setenv("URL", url)
}

// realArchive is the archive of real files beside the checkout, copied so that
// nothing is ever written to it.
func realArchive(t *testing.T) string {
	t.Helper()
	const dir = "../../../shared/data/archive"
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the real files are not beside this checkout: %v", err)
	}
	work := filepath.Join(t.TempDir(), "archive")
	if err := os.CopyFS(work, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := filepath.WalkDir(work, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chmod(path, 0o755)
	}); err != nil {
		t.Fatal(err)
	}
	return work
}
