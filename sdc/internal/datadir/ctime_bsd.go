//go:build darwin || freebsd || netbsd

package datadir

import (
	"io/fs"
	"syscall"
)

func changeTime(info fs.FileInfo) syscall.Timespec { return info.Sys().(*syscall.Stat_t).Ctimespec }
