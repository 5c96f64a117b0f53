package spice

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Clock converts the readings of a spacecraft clock by an SCLK kernel of type 1 (SCLK required reading).
type Clock struct {
	ID         int // NAIF's number of the spacecraft, negative: IMAP is -43
	moduli     []int64
	offsets    []int64
	delimiter  string
	starts     []float64 // of the partitions, in ticks
	ends       []float64
	dynamical  bool // parallel time is TDB, else TT
	correlated []correlation
	leaps      *LeapSeconds
}

// correlation is a reading from which a rate holds.
type correlation struct {
	ticks    float64 // encoded SCLK: ticks since the start of the first partition
	parallel Time    // since J2000 in the parallel time system
	rate     float64 // seconds of parallel time for each most significant count
}

// ReadClock reads what an SCLK kernel assigns about the one clock in it. The leap seconds are for clocks whose parallel time is TDB.
func ReadClock(p *Pool, leaps *LeapSeconds) (*Clock, error) {
	id := 0
	for name := range p.values {
		n, ok := strings.CutPrefix(name, "SCLK_DATA_TYPE_")
		if !ok {
			continue
		}
		if id != 0 {
			return nil, fmt.Errorf("the kernel describes more than one clock")
		}
		var err error
		if id, err = strconv.Atoi(n); err != nil {
			return nil, fmt.Errorf("the kernel assigns %s, whose number is none", name)
		}
	}
	if id == 0 {
		return nil, fmt.Errorf("the kernel describes no clock: it does not assign SCLK_DATA_TYPE_N")
	}
	c := &Clock{ID: -id, leaps: leaps}
	get := func(name string) ([]float64, error) { return p.Numbers(fmt.Sprintf("%s_%d", name, id)) }
	kind, err := get("SCLK_DATA_TYPE")
	if err != nil {
		return nil, err
	}
	if !slices.Equal(kind, []float64{1}) {
		return nil, fmt.Errorf("SCLK_DATA_TYPE_%d is %v; only clocks of type 1 are read", id, kind)
	}
	if err := c.readFields(get); err != nil {
		return nil, err
	}
	if err := c.readPartitions(get); err != nil {
		return nil, err
	}
	system, err := get("SCLK01_TIME_SYSTEM")
	switch {
	case err != nil || slices.Equal(system, []float64{1}):
		c.dynamical = true
	case slices.Equal(system, []float64{2}):
	default:
		return nil, fmt.Errorf("SCLK01_TIME_SYSTEM_%d is %v; it must be 1 (TDB) or 2 (TDT)", id, system)
	}
	table, err := get("SCLK01_COEFFICIENTS")
	if err != nil {
		return nil, err
	}
	if len(table) == 0 || len(table)%3 != 0 {
		return nil, fmt.Errorf("SCLK01_COEFFICIENTS_%d has %d elements, not triples", id, len(table))
	}
	times := p.values[fmt.Sprintf("SCLK01_COEFFICIENTS_%d", id)]
	for i := 0; i < len(table); i += 3 {
		one := correlation{table[i], times[i+1].time(), table[i+2]}
		if n := len(c.correlated); one.rate <= 0 || n > 0 && (one.ticks <= c.correlated[n-1].ticks || one.parallel <= c.correlated[n-1].parallel) {
			return nil, fmt.Errorf("record %d of SCLK01_COEFFICIENTS_%d does not come after the one before it, or its rate is not positive", i/3+1, id)
		}
		c.correlated = append(c.correlated, one)
	}
	return c, nil
}

// maxTicks bounds clock readings: encoded SCLK are float64, exact to here.
const maxTicks = 1 << 53

func (c *Clock) readFields(get func(string) ([]float64, error)) error {
	moduli, err := get("SCLK01_MODULI")
	if err != nil {
		return err
	}
	offsets, err := get("SCLK01_OFFSETS")
	if err != nil {
		return err
	}
	if len(moduli) == 0 || len(moduli) != len(offsets) {
		return fmt.Errorf("the clock has %d moduli and %d offsets", len(moduli), len(offsets))
	}
	for i := range moduli {
		if moduli[i] < 1 || moduli[i] > maxTicks || math.Abs(offsets[i]) > maxTicks {
			return fmt.Errorf("the clock's field %d has the modulus %v and the offset %v", i+1, moduli[i], offsets[i])
		}
		c.moduli = append(c.moduli, int64(moduli[i]))
		c.offsets = append(c.offsets, int64(offsets[i]))
	}
	if c.perCount() <= 0 || c.perCount() > maxTicks {
		return fmt.Errorf("the clock's moduli %v are too large", c.moduli)
	}
	c.delimiter = ":"
	if d, err := get("SCLK01_OUTPUT_DELIM"); err == nil {
		if len(d) != 1 || d[0] < 1 || d[0] > 5 {
			return fmt.Errorf("SCLK01_OUTPUT_DELIM is %v; it must be 1 to 5", d)
		}
		c.delimiter = ".:-, "[int(d[0])-1 : int(d[0])]
	}
	return nil
}

func (c *Clock) readPartitions(get func(string) ([]float64, error)) (err error) {
	if c.starts, err = get("SCLK_PARTITION_START"); err != nil {
		return err
	}
	if c.ends, err = get("SCLK_PARTITION_END"); err != nil {
		return err
	}
	if len(c.starts) == 0 || len(c.starts) != len(c.ends) {
		return fmt.Errorf("the clock has %d starts and %d ends of partitions", len(c.starts), len(c.ends))
	}
	for i := range c.starts {
		if c.ends[i] <= c.starts[i] {
			return fmt.Errorf("partition %d of the clock ends before it starts", i+1)
		}
	}
	return nil
}

// perCount is how many ticks a most significant count has: 50,000 of 20 microseconds for IMAP.
func (c *Clock) perCount() int64 {
	n := int64(1)
	for _, m := range c.moduli[1:] {
		if n > maxTicks/m {
			return 0
		}
		n *= m
	}
	return n
}

// FromTicks is the time of an encoded SCLK: ticks since the start of the first partition, as CK kernels have them.
func (c *Clock) FromTicks(ticks float64) (Time, error) {
	if math.IsNaN(ticks) || ticks < 0 || ticks > maxTicks {
		return 0, fmt.Errorf("the clock reading of %v ticks must be 0 to %d", ticks, int64(maxTicks))
	}
	i := 0
	for i+1 < len(c.correlated) && ticks >= c.correlated[i+1].ticks {
		i++
	}
	r := c.correlated[i]
	// A float64 of seconds is 0.1 microseconds coarse here; 128 bits keep every nanosecond.
	offset := new(big.Float).SetPrec(128).SetFloat64(ticks - r.ticks)
	offset.Mul(offset, big.NewFloat(r.rate)).Mul(offset, big.NewFloat(1e9)).Quo(offset, big.NewFloat(float64(c.perCount())))
	half := big.NewFloat(math.Copysign(0.5, ticks-r.ticks))
	nanos, _ := offset.Add(offset, half).Int64()
	parallel := r.parallel + Time(nanos)
	if c.dynamical {
		return c.leaps.FromET(float64(parallel) / 1e9)
	}
	return parallel, nil
}

// Ticks is the encoded SCLK of a time.
func (c *Clock) Ticks(t Time) (float64, error) {
	parallel := t
	if c.dynamical {
		parallel = Time(math.Round(c.leaps.ET(t) * 1e9))
	}
	i := 0
	for i+1 < len(c.correlated) && parallel >= c.correlated[i+1].parallel {
		i++
	}
	r := c.correlated[i]
	since := parallel - r.parallel
	ticks := r.ticks + (float64(since/second)*float64(c.perCount())+float64(since%second)*float64(c.perCount())/1e9)/r.rate
	if ticks < 0 {
		return 0, fmt.Errorf("the time is before the clock of spacecraft %d starts", c.ID)
	}
	return ticks, nil
}

// FromMET is the time of a mission elapsed time: the clock's most significant counts, which for IMAP are seconds, with a fraction.
func (c *Clock) FromMET(met float64) (Time, error) {
	return c.FromTicks(met * float64(c.perCount()))
}

// MET is the mission elapsed time of a time, to a tick.
func (c *Clock) MET(t Time) (float64, error) {
	ticks, err := c.Ticks(t)
	return math.Round(ticks) / float64(c.perCount()), err
}

// Parse reads a clock string such as 1/18424652:24251: partition, and fields from the most significant on. Without a
// partition it is of the first; fields at the end may be left out.
func (c *Clock) Parse(s string) (Time, error) {
	partition, fields := 1, strings.TrimSpace(s)
	if p, rest, ok := strings.Cut(fields, "/"); ok {
		n, err := strconv.Atoi(strings.TrimSpace(p))
		if err != nil || n < 1 || n > len(c.starts) {
			return 0, fmt.Errorf("the partition of the clock string %q must be 1 to %d", s, len(c.starts))
		}
		partition, fields = n, strings.TrimSpace(rest)
	}
	parts := strings.FieldsFunc(fields, func(r rune) bool { return strings.ContainsRune(".:-, ", r) })
	if len(parts) == 0 || len(parts) > len(c.moduli) {
		return 0, fmt.Errorf("the clock string %q must have 1 to %d fields, as in 1/18424652%s24251", s, len(c.moduli), c.delimiter)
	}
	ticks := int64(0)
	for i, modulus := range c.moduli {
		n := int64(0)
		if i < len(parts) {
			var err error
			if n, err = strconv.ParseInt(parts[i], 10, 64); err != nil {
				return 0, fmt.Errorf("field %d of the clock string %q must be an integer", i+1, s)
			}
			n -= c.offsets[i]
		}
		if n < 0 || n >= modulus {
			return 0, fmt.Errorf("field %d of the clock string %q must be %d to %d", i+1, s, c.offsets[i], c.offsets[i]+modulus-1)
		}
		ticks = ticks*modulus + n
	}
	if float64(ticks) < c.starts[partition-1] || float64(ticks) > c.ends[partition-1] {
		return 0, fmt.Errorf("the clock string %q is not in partition %d", s, partition)
	}
	before := 0.0
	for i := range partition - 1 {
		before += c.ends[i] - c.starts[i]
	}
	return c.FromTicks(before + float64(ticks) - c.starts[partition-1])
}

// String is a time as a clock string, to a tick.
func (c *Clock) String(t Time) (string, error) {
	encoded, err := c.Ticks(t)
	if err != nil {
		return "", err
	}
	rest, partition := math.Round(encoded), 0
	for partition < len(c.starts)-1 && rest >= c.ends[partition]-c.starts[partition] {
		rest -= c.ends[partition] - c.starts[partition]
		partition++
	}
	ticks := int64(rest + c.starts[partition])
	if float64(ticks) > c.ends[partition] {
		return "", fmt.Errorf("the time is after the last partition of the clock of spacecraft %d", c.ID)
	}
	fields := make([]string, len(c.moduli))
	for i := len(c.moduli) - 1; i >= 0; i-- {
		n := ticks
		if i > 0 {
			n, ticks = ticks%c.moduli[i], ticks/c.moduli[i]
		}
		fields[i] = strconv.FormatInt(n+c.offsets[i], 10)
	}
	return fmt.Sprintf("%d/%s", partition+1, strings.Join(fields, c.delimiter)), nil
}
