// Package simulate runs a definition without a server: calendars advance, what nothing holds is submitted and completes
// at once, and what has not completed in the end is told.
//
//	result, err := simulate.Run(ctx, tree, simulate.Default(tree))
//
// The tree is changed by it. What decides what runs is in package defs, as a server would use it; this package is the
// clock, the jobs, and the report.
//
// It differs from the original, on purpose, where that depends on chance: the seconds that pass on the computer do not
// count for the suites, and the report follows the nodes of an expression in the order of the definition, rather than of
// their addresses. Archived nodes are kept in memory.
//
// source: libs/simulator Simulator.cpp, SimulatorVisitor.cpp, Analyser.cpp, of 5.13.8, and what 5.19.0 does.
package simulate
