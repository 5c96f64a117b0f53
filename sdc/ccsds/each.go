package ccsds

import (
	"context"
	"errors"
	"io"
)

// checkEvery is after how many packets a cancelled context is noticed.
const checkEvery = 4096

// Each calls do for every packet of a file, and fault for every place where no whole packet is. The error is do's, ctx's, or what reading failed with.
func Each(ctx context.Context, r io.Reader, do func(Packet) error, fault func(error)) error {
	reader := NewReader(r)
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := reader.Next()
		switch {
		case err == nil:
			if err := do(p); err != nil {
				return err
			}
		case IsFault(err):
			fault(err)
		case errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}
