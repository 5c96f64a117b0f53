//go:build !linux

package sdc

import "errors"

func childOnDisk() error { return errors.ErrUnsupported }
