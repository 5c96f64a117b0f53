package bindings

import (
	"context"
	"encoding/json"
	"slices"

	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/sdc"
)

func (h Host) query() *api.Func {
	return api.Define("query", "Finds files in the archive; gives a FileList.",
		func(ctx context.Context, q sdc.Query) (FileList, error) {
			client, err := h.archive("query")
			if err != nil {
				return nil, err
			}
			if h.QueryProgress != nil {
				step, finished := h.QueryProgress()
				defer finished()
				q.Progress = step
			}
			records, err := client.Query(ctx, q)
			h.remember(records)
			return FileList(records), err
		},
		api.Example("query({instrument: 'mag', data_level: 'l2', version: 'latest'})"),
		api.Example("query({instrument: ['swe', 'swapi'], start_date: '2026-01-05', end_date: '2026-01-11'})"),
		api.Example("query({instrument: 'mag', descriptor: 'norm-*'}).latest().download({dry_run: true})"),
		api.Example("query({table: 'ancillary', instrument: 'mag'})"),
		api.AsCommand(api.Command{Examples: []string{
			"imapsh query --instrument mag --data-level l2 --start-date -7d --version latest --output-format csv",
			"imapsh query --instrument mag --data-level l2 --start-date -7d --version latest --download",
		}}),
	)
}

type addDaysInput struct {
	Date sdc.Date `arg:"date" doc:"a day in any form that query takes"`
	Days int      `arg:"days" doc:"how many days later; negative: earlier"`
}

func (h Host) addDays() *api.Func {
	return api.Define("addDays", "Gives the day a number of days after another, as YYYYMMDD.",
		func(_ context.Context, in addDaysInput) (string, error) {
			if in.Days < -100_000 || in.Days > 100_000 {
				return "", api.Usagef("addDays: days %d: must be from -100000 to 100000", in.Days)
			}
			if err := h.resolve(&in.Date); err != nil {
				return "", err
			}
			day, err := in.Date.AddDays(in.Days)
			if err != nil {
				return "", api.Usagef("addDays: %v", err)
			}
			return string(day), nil
		},
		api.Example("addDays('2026-01-05', 6)"),
	)
}

type anyDayInput struct {
	Date anyDay `arg:"date" doc:"a date in any form that query takes, or a time of the archive's such as an ingestion_date"`
}

// anyDay is a day that is given as a date or as a time.
type anyDay struct{ sdc.Date }

// UnmarshalText reads what dayOf does.
func (d *anyDay) UnmarshalText(text []byte) (err error) {
	err = d.Date.UnmarshalText(text) // whose error quotes all of it
	if day, timeErr := dayOf(string(text)); err != nil && timeErr == nil {
		d.Date, err = day, nil
	}
	return err
}

func (h Host) day() *api.Func {
	return api.Define("day", "Gives a day in any form as YYYYMMDD, in which days compare as strings.",
		func(_ context.Context, in anyDayInput) (string, error) {
			err := h.resolve(&in.Date.Date)
			return string(in.Date.Date), err
		},
		api.Example("day('2026-01-05')"),
	)
}

type productsInput struct {
	Instrument []naming.Instrument `name:"instrument" doc:"instrument, or a list"`
	DataLevel  []naming.DataLevel  `name:"data_level" doc:"data level such as l1a, or a list"`
}

func (h Host) listProducts() *api.Func {
	return api.Define("products", "Lists the science products that the mission is known to make, at the prompt below those that results have shown; the archive may hold others, and not yet hold each.",
		func(_ context.Context, in productsInput) (api.JSON, error) {
			wanted := []sdc.Product{}
			for _, p := range h.products() {
				if p.DataLevel != "" && (in.Instrument == nil || slices.Contains(in.Instrument, p.Instrument)) && (in.DataLevel == nil || slices.Contains(in.DataLevel, p.DataLevel)) {
					wanted = append(wanted, p)
				}
			}
			text, err := json.Marshal(wanted)
			return api.JSON(text), err
		},
		api.Example("products({instrument: 'mag', data_level: 'l2'})"),
	)
}
