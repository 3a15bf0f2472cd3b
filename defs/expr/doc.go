// Package expr is the language of triggers and complete expressions:
//
//	../a == complete and (b:meter >= 20 or :YMD + 2 > 20200228) and not c<flag>late
//
// [Parse] makes an [Expr] of a text, [Expr.Eval] asks it against an [Env],
// [Check] finds references to what is not there, [Expr.WhyText] and [Expr.Explain] say why it does
// not hold, and [Resolve] finds the node that a path means.
//
//	e, err := expr.Parse("a == complete")
//	ok := e.Eval(env)
//
// The language is the original's to the letter, and so are its quirks:
//
//   - All arithmetic operators bind alike, from the left: 1 + 2 * 3 is 9.
//   - "and" binds tighter than "or" only as long as what stands beside it is not in
//     parentheses: a == complete and (b == complete) or c == complete means
//     a == complete and ((b == complete) or c == complete).
//   - "not" takes the whole comparison after it.
//   - Signs and brackets need no space around them, words do. A bare sum is always true.
//   - There are no negative numbers: a sign is read and then refused.
//   - A comparison, an "and" or an "or" counts as 0 where a number is wanted (1 == 1 == 1).
//
// What differs, on purpose:
//
//   - The original's process ends, by an assertion, on some expressions: chains of comparisons, and long
//     chains of "and" with a bare sum among them. Here they are read and evaluated, or refused with an error.
//   - Brackets nest 1000 deep at most, and an expression has 250,000 operators at most; the original has no limit
//     but its stack. A NUL is an error; the original stops reading there.
//   - Words end where 5.19 has them end. Older releases also took "1 eq1" or "a :x".
//
// An Expr never changes and may be shared between goroutines; equal texts share
// one. The package knows no tree: the tree comes in through Env and [Tree].
//
// source: libs/node ExprParser.cpp, ExprAst.cpp, NodeFind.cpp.
package expr
