package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings/figure"
	"imapsh/bindings/sandbox"
	"imapsh/sdc/cdf"
)

// plotCommand draws variables of CDFs.
func (c *cli) plotCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plot FILE... [VARIABLE...]",
		Short: "Draw variables of CDF files: lines, spectrograms, maps of the sky",
		Long: `plot draws variables below one another over one time axis, as the attributes of the file
say: DISPLAY_TYPE, DEPEND_i, LABLAXIS, UNITS, SCALETYP, VALIDMIN and VALIDMAX, FILLVAL. Without
a VARIABLE it draws those that the file calls data. Several files of a product are drawn
as one. A file that is not here is fetched from the archive.

The picture goes to the terminal: as pixels in kitty, iTerm2, WezTerm, Ghostty, foot and mlterm, in
characters elsewhere. With -o it goes to a file, whose name ends with .svg or .png.
Dimensions that a picture does not show are averaged, which its title says; --at
draws one index of them instead.`,
		Example: `  imapsh plot imap_mag_l2_norm-dsrf_20260120_v002.cdf
  imapsh plot imap_mag_l2_norm-dsrf_20260120_v002.cdf b_dsrf magnitude --from 2026-01-20T06:00 --to 07:00 -o field.svg
  imapsh plot imap_ultra_l2_u90-ena-h-hf-nsp-full-hae-6deg-3mo_20250416_v001.cdf ena_intensity --at energy=5 -o map.png`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 || !isProduct(args[0]) {
				return usageError{errors.New("plot: name a CDF file, and variables or none: imapsh plot FILE... [VARIABLE...]")}
			}
			return nil
		},
	}
	var from, to, output, size string
	var at []string
	cmd.Flags().StringVar(&from, "from", "", "first time, such as 2026-01-20T06:00")
	cmd.Flags().StringVar(&to, "to", "", "end of the time, which is not included; a day is")
	cmd.Flags().StringVarP(&output, "output", "o", "", "file of the picture, .svg or .png")
	cmd.Flags().StringVar(&size, "size", "", "WIDTHxHEIGHT of the picture in pixels, such as 1200x600")
	cmd.Flags().StringArrayVar(&at, "at", nil, "NAME=INDEX: draw one index of a dimension, such as energy=5; may be repeated")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		pixels, err := figure.ParseSize(size)
		if err != nil {
			return usageError{fmt.Errorf("--size: %w", err)}
		}
		span, err := cdf.ParseSpan(from, to)
		if err != nil {
			return usageError{fmt.Errorf("--%w", err)}
		}
		indices, err := figure.ParseAt(at)
		if err != nil {
			return usageError{fmt.Errorf("--at: %w", err)}
		}
		if output != "" {
			if err := figure.CheckFile(output); err != nil {
				return usageError{fmt.Errorf("--output: %w", err)}
			}
		}
		var files []string
		for len(args) > 0 && isProduct(args[0]) {
			files, args = append(files, args[0]), args[1:]
		}
		b := figure.New(figure.Options{Variables: args, Span: span, At: indices, Several: len(files) > 1})
		for _, name := range files {
			path, err := c.productPath(cmd.Context(), name)
			if err != nil {
				return err
			}
			step, finished := c.readProgress(filepath.Base(path))
			f, err := cdf.OpenFile(cmd.Context(), path, cdf.Options{MaxBytes: int64(c.flags.maxMemory), Progress: step})
			if err != nil {
				finished()
				return fmt.Errorf("%s: %w", path, err)
			}
			err = b.Add(cmd.Context(), filepath.Base(path), f)
			f.Close()
			finished()
			if err != nil {
				return asUsage(err)
			}
		}
		drawn, notes, err := b.Figure()
		if err != nil {
			return err
		}
		for _, n := range notes {
			fmt.Fprintln(c.stderr, "imapsh: note:", n)
		}
		if output != "" {
			picture, err := figure.Encode(drawn, output, pixels)
			if err != nil {
				return err
			}
			// Whoever types the name may write there: a recipe's places are not asked.
			return sandbox.Policy{Trusted: true, Write: []string{filepath.Dir(output)}}.WriteFile(output, picture)
		}
		return c.drawFigure(drawn, pixels)
	}
	return cmd
}

// isProduct reports whether an argument names a CDF rather than a variable.
func isProduct(arg string) bool { return strings.HasSuffix(strings.ToLower(arg), ".cdf") }
