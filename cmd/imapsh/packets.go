package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/sdc/ccsds"
	"imapsh/sdc/ccsds/xtce"
)

// packetFormats are the formats of the packets command.
var packetFormats = []string{"table", "csv", "json", "jsonl"}

// packetsCommand reports on the packets of level 0 files, and decodes them.
func (c *cli) packetsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "packets FILE...",
		Short: "Report on the CCSDS packets of level 0 files, or decode them",
		Long: `packets reads .pkts files and reports, for each APID, the packets, their bytes, first and last
time (UTC, from the mission elapsed time of the secondary header), packets that are missing by
their sequence counts, duplicates and grouping. Files are read in the order given,
as one stream. A file that is not here is fetched from the archive.

With --gaps it lists the gaps of the sequence counts instead, and exits with 3 when there are
any, or when anything else is wrong with the packets. With --xtce it decodes the fields of the
packets by your definition and prints the packets that the definition describes, --apid by --apid.`,
		Example: `  imapsh packets imap_swapi_l0_raw_20240924_v001.pkts
  imapsh packets --gaps --apid 1184 *.pkts
  imapsh packets --xtce swapi.xml --apid 1184 --format csv imap_swapi_l0_raw_20240924_v001.pkts`,
		Args: someFiles,
	}
	var o packetsOptions
	cmd.Flags().UintSliceVar(&o.apids, "apid", nil, "only these APIDs, separated by commas")
	cmd.Flags().BoolVar(&o.gaps, "gaps", false, "list the gaps of the sequence counts; exit code 3 when anything is wrong")
	cmd.Flags().StringVar(&o.format, "format", "table", strings.Join(packetFormats, ", "))
	cmd.Flags().StringVar(&o.xtce, "xtce", "", "file of a definition in XTCE: decode the packets")
	cmd.Flags().BoolVar(&o.raw, "raw", false, "with --xtce: values as the packets have them, not calibrated")
	_ = cmd.RegisterFlagCompletionFunc("format", completeWords(packetFormats, false))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if c.flags.json && !cmd.Flags().Changed("format") {
			o.format = "json"
		}
		switch {
		case !slices.Contains(packetFormats, o.format):
			return usageError{fmt.Errorf("--format %q%s", o.format, api.SuggestFrom("formats", o.format, packetFormats))}
		case o.xtce != "" && o.gaps:
			return usageError{errors.New("--gaps and --xtce exclude each other: the one lists gaps, the other decodes packets")}
		case o.xtce == "" && o.raw:
			return usageError{errors.New("--raw is for --xtce: without a definition nothing is decoded")}
		case o.xtce == "" && o.format == "jsonl":
			return usageError{errors.New("--format jsonl is for --xtce: a line for each packet")}
		}
		for _, a := range o.apids {
			if a > 2047 {
				return usageError{fmt.Errorf("--apid %d must be 0 to 2047", a)}
			}
		}
		if o.xtce != "" {
			return c.decodePackets(cmd.Context(), args, o)
		}
		return c.surveyPackets(cmd.Context(), args, o)
	}
	return cmd
}

type packetsOptions struct {
	apids  []uint
	gaps   bool
	format string
	xtce   string
	raw    bool
}

func (o packetsOptions) wants(apid uint16) bool {
	return len(o.apids) == 0 || slices.Contains(o.apids, uint(apid))
}

// eachPacketFile opens the files one after another.
func (c *cli) eachPacketFile(ctx context.Context, names []string, do func(name string, f *os.File) error) error {
	for _, name := range names {
		path, err := c.productPath(ctx, name)
		if err != nil {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		err = do(path, f)
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func (c *cli) surveyPackets(ctx context.Context, names []string, o packetsOptions) error {
	s := ccsds.NewSurvey()
	if err := c.eachPacketFile(ctx, names, func(name string, f *os.File) error { return s.Add(ctx, name, f) }); err != nil {
		return err
	}
	s.Streams = slices.DeleteFunc(s.Streams, func(t *ccsds.Stream) bool { return !o.wants(t.APID) })
	if len(s.Streams) == 0 && len(o.apids) > 0 {
		return fmt.Errorf("no packet has the APID %v", o.apids)
	}
	if err := present.Packets(c.stdout, s, o.format, o.gaps); err != nil {
		return err
	}
	if o.gaps && s.Faults() {
		return silentExit(exitTransfers)
	}
	return nil
}

// decodePackets prints the fields of the packets that a definition describes.
func (c *cli) decodePackets(ctx context.Context, names []string, o packetsOptions) error {
	text, err := os.Open(o.xtce)
	if err != nil {
		return err
	}
	defer text.Close()
	def, err := xtce.Parse(text)
	if err != nil {
		return fmt.Errorf("%s: %w", o.xtce, err)
	}
	decoder := def.NewDecoder()
	out := present.NewDecodedPackets(c.stdout, o.format, o.raw)
	var unknown, broken, left int
	var firstBroken error
	err = c.eachPacketFile(ctx, names, func(name string, f *os.File) error {
		return ccsds.Each(ctx, f, func(p ccsds.Packet) error {
			if !o.wants(p.APID) {
				return nil
			}
			record, err := decoder.Decode(p.Bytes)
			var other *xtce.UnknownError
			switch {
			case errors.As(err, &other):
				unknown++
				return nil
			case err != nil:
				if broken++; firstBroken == nil {
					firstBroken = fmt.Errorf("%s: %s: %w", name, p, err)
				}
				return nil
			}
			if record.Left > 0 {
				left++
			}
			return out.Write(p, record)
		}, func(fault error) {
			if broken++; firstBroken == nil {
				firstBroken = fmt.Errorf("%s: %w", name, fault)
			}
		})
	})
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	if unknown > 0 {
		fmt.Fprintf(c.stderr, "imapsh: note: the definition does not describe %d packets\n", unknown)
	}
	if left > 0 {
		fmt.Fprintf(c.stderr, "imapsh: note: %d packets have bits at their end that the definition does not describe\n", left)
	}
	if broken > 0 {
		fmt.Fprintf(c.stderr, "imapsh: error: %d packets could not be decoded; the first: %v\n", broken, firstBroken)
		return silentExit(exitTransfers)
	}
	if out.Count() == 0 {
		return errors.New("the definition describes none of the packets")
	}
	return nil
}
