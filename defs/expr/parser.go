package expr

// The limits of what is read; what is beyond them is refused with an error.
const (
	maxNesting = 1000    // brackets, or signs, within each other
	maxTerms   = 250_000 // operators in one expression
)

// parser follows the original's grammar rule by rule, as the order in which it
// tries alternatives, and what it never tries again, decide what is accepted.
// Operators come from the table. A rule that fails may leave the position
// anywhere; who tries another one goes back itself.
type parser struct {
	scanner
	depth, terms int
	deep         bool
	broken       bool     // something in the tree is missing or unusable, see verify
	closed       []uint64 // a bit for each position where no bracketed number can begin
}

// whole = subexpression end.
func (p *parser) whole() (Node, bool) {
	n, ok := p.subexpression()
	if !ok || p.deep {
		return nil, false
	}
	p.skip()
	return n, p.pos == len(p.src)
}

// subexpression = (conjunction | grouping) {("and"|"or") subexpression}.
//
// Everything after the first operator is its right operand, whatever the operators are.
func (p *parser) subexpression() (Node, bool) {
	first, ok := p.operand()
	if !ok {
		return nil, false
	}
	items, ops := []Node(nil), []Op(nil)
	for !p.deep {
		from, op := p.pos, And
		if !p.joiner(And) {
			if op = Or; !p.joiner(Or) {
				break
			}
		}
		n, ok := p.operand()
		if !ok {
			p.pos = from
			break
		}
		if items == nil {
			items = append(items, first)
		}
		items, ops = append(items, n), append(ops, op)
	}
	if items == nil {
		return first, true
	}
	n := items[len(ops)]
	for i := len(ops) - 1; i >= 0; i-- {
		n = p.binary(ops[i], items[i], n)
	}
	return n, true
}

func (p *parser) operand() (Node, bool) {
	from := p.pos
	if n, ok := p.conjunction(); ok {
		return n, true
	}
	p.pos = from
	return p.grouping()
}

// grouping = ["not"] "(" subexpression ")".
func (p *parser) grouping() (Node, bool) {
	not, negated := p.negation()
	if !p.sign('(') || !p.enter() {
		return nil, false
	}
	n, ok := p.subexpression()
	p.depth--
	if !ok || !p.sign(')') {
		return nil, false
	}
	return p.negate(not, negated, n), true
}

// conjunction = ["not"] comparison {"and" ["not"] comparison}.
func (p *parser) conjunction() (Node, bool) {
	not, negated := p.negation()
	n, chained, ok := p.comparison()
	if !ok {
		return nil, false
	}
	var items []Node
	lost, children := chained, 1
	if negated {
		children++
	}
	first := p.negate(not, negated, n)
	for {
		from := p.pos
		if !p.joiner(And) {
			break
		}
		not, negated := p.negation()
		n, chained, ok := p.comparison()
		if !ok {
			p.pos = from
			break
		}
		if items == nil {
			items = append(items, first)
		}
		children += 2
		if negated {
			children++
		}
		lost = lost || chained
		items = append(items, p.negate(not, negated, n))
	}
	if items == nil {
		return first, true
	}
	if children >= 5 {
		if lost {
			p.broken = true // the original loses a chain of comparisons among so many, and then refuses the expression
			items[len(items)-1] = nil
		}
		p.refuseNegatedSums(items)
	}
	first = items[0]
	for _, item := range items[1:] {
		first = p.binary(And, first, item)
	}
	return first, true
}

// refuseNegatedSums empties each "not x + y", which the original cannot read in a long chain, and then refuses.
func (p *parser) refuseNegatedSums(items []Node) {
	for i, item := range items {
		if not, ok := item.(*Not); ok {
			if sum, ok := not.Operand.(*Binary); ok && sum.Op.arithmetic() {
				p.broken = true
				items[i] = &Not{Spelling: not.Spelling}
			}
		}
	}
}

// comparison = path equality state | variable equality event | calculation {compare ["not"] calculation}.
//
// chained is true when there is more than one operator in a row.
func (p *parser) comparison() (n Node, chained, ok bool) {
	from := p.pos
	if path, ok := p.path(); ok {
		behind := p.pos
		if op, ok := p.operator(levelEquality, levelEquality); ok {
			for _, s := range states {
				if p.word(stateNames[s]) {
					return p.binary(op, &Ref{Kind: NodeRef, Path: path}, &StateValue{s}), false, true
				}
			}
		}
		p.pos = behind
		if ref, ok := p.attribute(path); ok {
			if op, ok := p.operator(levelEquality, levelEquality); ok {
				set, cleared := p.word("set"), p.word("clear")
				if set || cleared {
					return p.binary(op, ref, &EventValue{set && !cleared}), false, true
				}
			}
		}
	}
	p.pos = from
	n, ok = p.calculation()
	if !ok {
		return nil, false, false
	}
	for count := 0; ; count++ {
		from := p.pos
		op, ok := p.operator(levelEquality, levelOrder)
		if !ok {
			return n, count > 1, true
		}
		not, negated := p.negation()
		right, ok := p.calculation()
		if !ok {
			p.pos = from
			return n, count > 1, true
		}
		n = p.binary(op, n, p.negate(not, negated, right))
	}
}

// calculation = factor {arithmetic factor}; all operators bind alike.
func (p *parser) calculation() (Node, bool) {
	n, ok := p.factor()
	if !ok {
		return nil, false
	}
	for {
		from := p.pos
		op, ok := p.operator(levelArithmetic, levelArithmetic)
		if !ok {
			return n, true
		}
		right, ok := p.factor()
		if !ok {
			p.pos = from
			return n, true
		}
		n = p.binary(op, n, right)
	}
}

// factor = instant | integer | path ":" name | "(" calculation ")" | path "<flag>" flag | ":" name | sign factor | function.
func (p *parser) factor() (Node, bool) {
	from := p.pos
	if before, text, ok := p.instant(); ok {
		instant, ok := newInstant(before, text)
		p.broken = p.broken || !ok
		return instant, true
	}
	if n, ok := p.number(); ok {
		return n, true
	}
	if path, ok := p.path(); ok {
		behind := p.pos
		if ref, ok := p.attribute(path); ok {
			return ref, true
		}
		p.pos = behind
		if ref, ok := p.flag(path); ok {
			return ref, true
		}
	}
	p.pos = from
	if n, ok := p.bracketed(); ok {
		return n, true
	}
	p.pos = from
	if p.word("/") {
		if ref, ok := p.flag("/"); ok {
			return ref, true
		}
	}
	p.pos = from
	if p.sign(':') {
		if name, ok := p.name(); ok {
			return &Ref{Kind: ParentRef, Name: name}, true
		}
	}
	p.pos = from
	if _, ok := p.operator(levelArithmetic, levelArithmetic); ok && p.enter() {
		_, ok := p.factor()
		p.depth--
		if ok {
			p.broken = true // the original reads signs, and then has nothing to put in their place
			return nil, true
		}
	}
	p.pos = from
	return p.function()
}

// bracketed = "(" calculation ")".
func (p *parser) bracketed() (Node, bool) {
	p.skip()
	at := p.pos
	if p.closed != nil && p.closed[at>>6]&(1<<(at&63)) != 0 || !p.sign('(') || !p.enter() {
		return nil, false
	}
	n, ok := p.calculation()
	p.depth--
	if ok && p.sign(')') {
		return n, true
	}
	if p.closed == nil {
		p.closed = make([]uint64, len(p.src)/64+1)
	}
	p.closed[at>>6] |= 1 << (at & 63)
	return nil, false
}

// attribute reads what follows a path: ":" name, with no space before the colon.
func (p *parser) attribute(path string) (*Ref, bool) {
	if p.pos >= len(p.src) || p.src[p.pos] != ':' {
		return nil, false
	}
	p.pos++
	name, ok := p.name()
	if !ok {
		return nil, false
	}
	return &Ref{Kind: VariableRef, Path: path, Name: name}, true
}

var flags = []string{"late", "zombie", "archived"}

// flag reads what follows a path: "<flag>" and the flag.
func (p *parser) flag(path string) (*Ref, bool) {
	if !p.word("<flag>") {
		return nil, false
	}
	for _, name := range flags {
		if p.word(name) {
			return &Ref{Kind: FlagRef, Path: path, Name: name}, true
		}
	}
	return nil, false
}

// function = ("cal::date_to_julian" | "cal::julian_to_date") "(" (path ":" name | integer) ")".
func (p *parser) function() (Node, bool) {
	from := p.pos
	for _, toDate := range []bool{false, true} {
		f := &Function{ToDate: toDate}
		if p.word(f.name()) && p.sign('(') {
			inside := p.pos
			if path, ok := p.path(); ok {
				if ref, ok := p.attribute(path); ok {
					f.Argument = ref
				}
			}
			if f.Argument == nil {
				p.pos = inside
				if n, ok := p.number(); ok {
					f.Argument = n
				}
			}
			if f.Argument != nil && p.sign(')') {
				return f, true
			}
		}
		p.pos = from
	}
	return nil, false
}

func (p *parser) number() (*Integer, bool) {
	n, ok := p.integer()
	if !ok {
		return nil, false
	}
	wide := n > 1<<31-1
	p.broken = p.broken || wide
	return &Integer{Value: int32(n), wide: wide}, true
}

func (p *parser) binary(op Op, left, right Node) Node {
	p.terms++
	return &Binary{Op: op, Left: left, Right: right}
}

func (p *parser) negate(spelling string, negated bool, n Node) Node {
	if !negated {
		return n
	}
	return &Not{Spelling: spelling, Operand: n}
}

// enter counts a level of nesting. Where there are too many it makes every rule fail.
func (p *parser) enter() bool {
	if p.depth >= maxNesting {
		p.deep = true
		p.pos = len(p.src)
		return false
	}
	p.depth++
	return true
}
