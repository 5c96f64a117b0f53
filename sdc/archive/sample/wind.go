package sample

// wind is the solar wind of a day, a value for each minute: what every instrument that is
// in it sees. It is a made-up one: a magnetic field along the spiral that wanders and turns
// round where the sector changes, and on some days a shock that compresses it.
type wind struct {
	field [minutesPerDay][3]int // in RTN, 1/64 nT
	speed [minutesPerDay]int    // km/s
	dense [minutesPerDay]int    // density, 1/64 of the usual
}

const minutesPerDay = 24 * 60

// windOf makes the wind of a day YYYYMMDD, the same for every product of the day.
func windOf(day string) *wind {
	n := noiseFrom("solar wind of " + day)
	var w wind
	outward := n.below(2) == 0
	sector, shock := n.below(2*minutesPerDay), n.below(2*minutesPerDay) // past the day's end: none
	base := 360 + n.below(120)
	var strength, azimuth, elevation, speed, density walk
	for minute := range minutesPerDay {
		if minute == sector {
			outward = !outward
		}
		// What a shock adds, in 1/64: all at once, less and less for some hours.
		excess := 0
		if minute >= shock {
			excess = 80 * 240 / (240 + minute - shock)
		}
		b := max(32, (320+strength.step(n, 6))*(64+excess)/64) // about 5 nT
		phi := 135 + azimuth.step(n, 6)                        // the spiral's angle
		if outward {
			phi += 180
		}
		theta := elevation.step(n, 5)
		w.field[minute] = [3]int{
			b * cosine(phi) / unit * cosine(theta) / unit,
			-b * sine(phi) / unit * cosine(theta) / unit,
			b * sine(theta) / unit,
		}
		w.speed[minute] = base + speed.step(n, 2) + excess*2
		w.dense[minute] = max(8, 64+density.step(n, 2)+excess*2)
	}
	return &w
}
