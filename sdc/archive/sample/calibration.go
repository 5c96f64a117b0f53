package sample

import (
	"fmt"

	"imapsh/naming"
)

// calibrationOf makes the CDF of an ancillary file: a matrix that turns sensor
// into spacecraft coordinates, one for each of four ranges, from the first day on.
func calibrationOf(v naming.Validity, n noise) cdf {
	const ranges = 4
	values := make([]byte, 0, 4*9*ranges)
	for range ranges {
		for i := range 9 {
			element := n.about(40)
			if i%4 == 0 {
				element += 4096 // near one on the diagonal
			}
			values = appendFloat(values, float32(element)/4096)
		}
	}
	matrices := variable{
		name: "frame_transform_mago", dataType: typeFloat, dimensions: []int32{3, 3}, records: ranges, values: values,
		attributes: []attribute{
			{"DEPEND_0", text("epoch")},
			{"LABL_PTR_1", text("spacecraft_axis")},
			{"LABL_PTR_2", text("sensor_axis")},
			{"DISPLAY_TYPE", text("no_plot")},
		},
	}
	dataType := fmt.Sprintf("%s>Ancillary %s", v.Descriptor, v.Descriptor)
	source := fmt.Sprintf("imap_%s_%s", v.Instrument, v.Descriptor)
	return cdf{
		global: globalAttributes(v.Instrument, dataType, source, v.Version, v.Filename()),
		variables: []variable{
			epochs(startOf(v.StartDate), []int{0, 1, 2, 3}, n),
			labels("spacecraft_axis", "the axes of the spacecraft", []string{"x", "y", "z"}),
			labels("sensor_axis", "the axes of the sensor", []string{"x", "y", "z"}),
			matrices.described("data", "made-up matrices from sensor to spacecraft coordinates, one for each range", "1", "F9.6",
				fillFloat(), float(-2), float(2)),
		},
	}
}
