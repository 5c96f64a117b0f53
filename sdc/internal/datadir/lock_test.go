package datadir

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestLockThatIsALink: a link in the place of a lock is removed, not waited for.
func TestLockThatIsALink(t *testing.T) {
	dir := newDir(t)
	locks := filepath.Join(dir.Path(), ownDir, "locks")
	if err := os.MkdirAll(locks, 0o777); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(dir.Path(), "inside")
	if err := os.WriteFile(inside, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../inside", filepath.Join(locks, someName+".lock")); err != nil {
		t.Skip(err)
	}
	unlock, err := dir.Lock(t.Context(), somePath)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
	if text, err := os.ReadFile(inside); err != nil || string(text) != "mine" {
		t.Errorf("what the link named is %q (%v)", text, err)
	}
}

// TestLockIsGivenBackWhenTheContextEnds: a lock that was obtained at the last moment
// does not stay.
func TestLockIsGivenBackWhenTheContextEnds(t *testing.T) {
	dir := newDir(t)
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := dir.Lock(ended, somePath); err == nil {
		t.Fatal("a context that has ended gets a lock")
	}
	unlock, err := dir.Lock(t.Context(), somePath)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

// TestLockIsPassedOn: whoever waits for a lock gets it when all who came between
// are done, and nothing of it is left then.
func TestLockIsPassedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := newDir(t)
		lock := func() func() {
			unlock, err := dir.Lock(t.Context(), somePath)
			if err != nil {
				t.Fatal(err)
			}
			return unlock
		}
		first := lock()
		var waits atomic.Bool
		waits.Store(true)
		go func() {
			unlock, err := dir.Lock(t.Context(), somePath)
			waits.Store(false)
			if err == nil {
				unlock()
			}
		}()
		synctest.Wait()
		first()
		second := lock()
		time.Sleep(time.Minute)
		if !waits.Load() {
			t.Error("two have the lock")
		}
		second()
		time.Sleep(time.Minute)
		if entries, err := os.ReadDir(filepath.Join(dir.Path(), ownDir, "locks")); waits.Load() || err != nil || len(entries) > 0 {
			t.Errorf("when all is over: waits %v, %v %v", waits.Load(), entries, err)
		}
	})
}
