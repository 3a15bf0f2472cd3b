package model

import "github.com/ecflow-go/ecflow/defs"

func attributeClasses() []Class {
	return []Class{
		{Name: "Meter", Type: (*defs.Meter)(nil), Doc: "A number that a task reports between two bounds.", Members: []Member{
			{Name: "__init__", Doc: "Make a meter.", Forms: []Form{
				create("(name: str, min: int, max: int, color_change: int, /) -> Meter", func(a *Args) (any, error) { return newMeter(a) }),
				create("(name: str, min: int, max: int, /) -> Meter", func(a *Args) (any, error) { return newMeter(a) }),
			}},
			{Name: "name", Pure: true, Doc: "The meter's name.", Forms: get("() -> str", func(m *defs.Meter) any { return m.Name })},
		}},
	}
}

func newMeter(a *Args) (any, error) {
	m, err := defs.NewMeter(a.Str(0), a.Int(1), a.Int(2), a.IntOr(3, a.Int(2)))
	if err != nil {
		return nil, err
	}
	return &m, nil
}
