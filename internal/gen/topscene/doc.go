// Package topscene has the scenes in which the screen of `ecflow top` is shown in the documentation and
// tested: servers that are not there, with suites that never change by themselves.
//
//	stage := topscene.New(120, 40)
//	stage.Press("n", "w")
//	fmt.Println(stage.Screen())
package topscene
