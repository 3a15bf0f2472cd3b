package expr

// Op is an operator between two operands.
type Op uint8

// The operators.
const (
	Or Op = iota
	And
	Equal
	NotEqual
	GreaterEqual
	LessEqual
	Less
	Greater
	Plus
	Minus
	Divide
	Multiply
	Modulo
)

// level is how tightly an operator binds.
type level uint8

const (
	levelOr level = iota
	levelAnd
	levelEquality // compares numbers, and nodes with states, and events with set or clear
	levelOrder    // compares numbers; binds as equality does
	levelArithmetic
)

// operator is a row of the table that parser, printer and explanation share.
type operator struct {
	op     Op
	level  level
	spell  []string // in the order in which the parser tries them
	print  string   // in printed expressions
	why    string   // in the original's explanations, where "<" would upset HTML
	class  string   // what the original calls it in error messages
	phrase string   // in our explanations, for what joins conditions
}

// operators is in order of Op.
var operators = [...]operator{
	{Or, levelOr, []string{"or", "||", "OR"}, " or ", " or ", "AstOr", "one of these must hold"},
	{And, levelAnd, []string{"and", "&&", "AND"}, " and ", " and ", "AstAnd", "all of these must hold"},
	{Equal, levelEquality, []string{"==", "eq"}, " == ", " == ", "AstEqual", ""},
	{NotEqual, levelEquality, []string{"ne", "!="}, " != ", " != ", "AstNotEqual", ""},
	{GreaterEqual, levelOrder, []string{"ge", ">="}, " >= ", " >= ", "AstGreaterEqual", ""},
	{LessEqual, levelOrder, []string{"le", "<="}, " <= ", " <= ", "AstLessEqual", ""},
	{Less, levelOrder, []string{"lt", "<"}, " < ", " lt ", "AstLessThan", ""},
	{Greater, levelOrder, []string{"gt", ">"}, " > ", " > ", "AstGreaterThan", ""},
	{Plus, levelArithmetic, []string{"+"}, " + ", " + ", "AstPlus", ""},
	{Minus, levelArithmetic, []string{"-"}, " - ", " - ", "AstMinus", ""},
	{Divide, levelArithmetic, []string{"/"}, " / ", " / ", "AstDivide", ""},
	{Multiply, levelArithmetic, []string{"*"}, " * ", " * ", "AstMultiply", ""},
	{Modulo, levelArithmetic, []string{"%"}, " % ", " % ", "AstModulo", ""},
}

// startsWith has a bit for each operator with a spelling that begins with the byte.
var startsWith = func() (rows [256]uint16) {
	for i, o := range operators {
		for _, w := range o.spell {
			rows[w[0]] |= 1 << i
		}
	}
	return rows
}()

// String is the operator as it is printed, without the spaces around it.
func (o Op) String() string {
	if int(o) >= len(operators) {
		return "?"
	}
	p := operators[o].print
	return p[1 : len(p)-1]
}

// arithmetic reports whether the operator makes a number of two numbers.
func (o Op) arithmetic() bool { return o >= Plus }

// negations are the spellings of "not", in the order in which the parser tries them. The first needs its space.
var negations = [...]string{"not ", "!", "~"}

// states are the names that the grammar allows on the right of a comparison, in the order tried.
// "suspended" is missing: the original knows it only in expressions as simple as "a == suspended".
var states = [...]State{Complete, Aborted, Queued, Active, Submitted, Unknown}
