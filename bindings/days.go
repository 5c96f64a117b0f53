package bindings

import (
	"context"
	"errors"

	"imapsh/runtime/api"
	"imapsh/sdc"
)

// maxDays bounds a list of days: more than the mission has.
const maxDays = 100_000

type dayRangeInput struct {
	From sdc.Date `arg:"from" doc:"first day"`
	To   sdc.Date `arg:"to" doc:"last day, which is in the list, too"`
}

func (h Host) days() *api.Func {
	return api.Define("days", "Lists the days from one to another, both included, as YYYYMMDD.",
		func(_ context.Context, in dayRangeInput) ([]string, error) {
			if err := errors.Join(h.resolve(&in.From), h.resolve(&in.To)); err != nil {
				return nil, err
			}
			if in.To < in.From {
				return nil, api.Usagef("days: to %s: must not be before from, %s", in.To, in.From)
			}
			list := []string{}
			for day := in.From; day <= in.To; {
				if len(list) == maxDays {
					return nil, api.Usagef("days: from %s to %s: must be at most %d days", in.From, in.To, maxDays)
				}
				list = append(list, string(day))
				next, err := day.AddDays(1)
				if err != nil {
					return nil, api.Usagef("days: %v", err)
				}
				day = next
			}
			return list, nil
		},
		api.Example("days('2026-01-05', '2026-01-07')"),
	)
}
