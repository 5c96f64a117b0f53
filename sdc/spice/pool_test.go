package spice

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestPool(t *testing.T) {
	tests := []struct {
		name, kernel, variable, want string
	}{
		{"a number", "\\begindata\nA = 1.5\n", "A", "1.5"},
		{"without blanks", "\\begindata\nA=(1,2)\n", "A", "1 2"},
		{"a Fortran exponent", "\\begindata\nA = ( 1.657D-3 2d2 )\n", "A", "0.001657 200"},
		{"over lines", "\\begindata\nA = ( 1\n 2,\n\t3 )\n", "A", "1 2 3"},
		{"more of it", "\\begindata\nA = 1\nA += ( 2 3 )\n", "A", "1 2 3"},
		{"more of it, without blanks", "\\begindata\nA=1\nA+=(2 3)\n", "A", "1 2 3"},
		{"assigned again", "\\begindata\nA = ( 1 2 )\nA = 3\n", "A", "3"},
		{"text around", "A = 9\n\\begindata\nA = 1\n\\begintext\nA = 2\n  \\begindata  \nB = 3\n", "A", "1"},
		{"Windows line ends", "\\begindata\r\nA = ( 1\r\n2 )\r\n", "A", "1 2"},
		{"strings", "\\begindata\nA = ( 'it''s', 'a = (b)' )\n", "A", "it's a = (b)"},
		{"a date", "\\begindata\nA = @2000-JAN-1\n", "A", "-43200"},
		{"a date with a time", "\\begindata\nA = @01-JAN-2010-00:01:06.184000\n", "A", "3.15576066184e+08"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := ReadPool(strings.NewReader(test.kernel))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if n, err := p.Numbers(test.variable); err == nil {
				for _, x := range n {
					got = append(got, fmt.Sprint(x))
				}
			} else {
				got, _ = p.Strings(test.variable)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPoolsThatAreRefused(t *testing.T) {
	tests := []struct{ name, kernel, want string }{
		{"no value", "text\n\\begindata\nA =\n", "A has no value"},
		{"no operator", "text\n\\begindata\nA 1\n", "text kernel, line 3: after the variable A must come = or +="},
		{"no bracket", "\\begindata\nA = ( 1 2\n", "the list of A has no )"},
		{"a word", "\\begindata\nA = ( 1\nmoon )\n", `text kernel, line 3: A: "moon" is neither a number, a date nor a string in quotes`},
		{"an open string", "\\begindata\nA = 'moon\n", "a string has no closing quote"},
		{"a date", "\\begindata\nA = @yesterday\n", "the date @yesterday is in none of the forms"},
		{"an unknown word", "KPL/XYZ\n", `the kernel says it is a "XYZ"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadPool(strings.NewReader(test.kernel))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestIdentify(t *testing.T) {
	tests := []struct {
		name, head string
		want       Kind
		fails      string
	}{
		{"a leap second kernel", "KPL/LSK\n\ntext", LSK, ""},
		{"a clock kernel with Windows line ends", "KPL/SCLK\r\ntext", SCLK, ""},
		{"positions", "DAF/SPK \x02\x00", SPK, ""},
		{"attitude", "DAF/CK  \x02\x00", CK, ""},
		{"a clock kernel without a word", "\\begintext\ntext\n\\begindata\nSCLK_KERNEL_ID = 1\nSCLK_DATA_TYPE_43 = ( 1 )\n", SCLK, ""},
		{"frames without a word", "\\begindata\nFRAME_IMAP = -43000\n", FK, ""},
		{"a picture", "\x89PNG\r\n\x1a\n", "", `the file is no SPICE kernel: it starts with "\x89PNG\r\n\x1a\n"`},
		{"nothing", "", "", "the file is no SPICE kernel"},
		{"an unknown word", "DAF/ABCD", "", `the kernel says it is a "ABCD"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Identify(bytes.NewReader([]byte(test.head)))
			if got != test.want || test.fails == "" && err != nil || test.fails != "" && (err == nil || !strings.Contains(err.Error(), test.fails)) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func FuzzPool(f *testing.F) {
	f.Add([]byte(leapSecondKernel))
	f.Add([]byte(clockKernel))
	f.Add([]byte("\\begindata\nA = ( 'x' @2000-JAN-1 1D0 )\nA += 2"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		p, err := ReadPool(bytes.NewReader(b))
		if err != nil {
			return
		}
		leaps, err := ReadLeapSeconds(p)
		if err == nil {
			_, _ = leaps.UTC(0)
			_, _ = leaps.ParseUTC("2026-01-20")
		}
		if clock, err := ReadClock(p, leaps); err == nil && (leaps != nil || !clock.dynamical) {
			_, _ = clock.String(0)
			_, _ = clock.Parse("1/5:3")
		}
	})
}
