package defs

import "strconv"

// Meter is a number that a task moves between Min and Max while it runs.
type Meter struct {
	Name        string
	Min, Max    int
	ColorChange int
	Value       int
}

// NewMeter makes a meter whose value is min. NoNumber as colorChange means max.
//
// source: libs/attribute NodeAttr.cpp.
func NewMeter(name string, minimum, maximum, colorChange int) (Meter, error) {
	if !ValidName(name) {
		return Meter{}, argf("Meter::Meter: Invalid Meter name: %s", name)
	}
	if minimum > maximum {
		return Meter{}, rangef("Meter::Meter: Invalid Meter(name,min,max,color_change) : min must be less than max")
	}
	if colorChange == NoNumber {
		colorChange = maximum
	}
	if colorChange < minimum || colorChange > maximum {
		return Meter{}, rangef("Meter::Meter: Invalid Meter(name,min,max,color_change) color_change(%d) must be between min(%d) and max(%d)",
			colorChange, minimum, maximum)
	}
	return Meter{Name: name, Min: minimum, Max: maximum, ColorChange: colorChange, Value: minimum}, nil
}

// With is the meter at another value, which has to be within its range.
func (m Meter) With(value int) (Meter, error) {
	if value < m.Min || value > m.Max {
		return m, argf("Meter::set_value(int): The meter(%s) value must be in the range[%d->%d] but found '%d'",
			m.Name, m.Min, m.Max, value)
	}
	m.Value = value
	return m, nil
}

// String is the meter as a definition has it, without its current value.
func (m Meter) String() string {
	return "meter " + m.Name + " " + strconv.Itoa(m.Min) + " " + strconv.Itoa(m.Max) + " " + strconv.Itoa(m.ColorChange)
}
