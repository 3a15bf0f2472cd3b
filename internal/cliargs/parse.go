package cliargs

import (
	"slices"
	"strings"
)

// Line is a command line, taken apart.
type Line struct {
	Given []Given  // each option once, in the order of first appearance
	Rest  []string // words that no option took; the original ignores them
}

// Given is an option that was given, with its words.
type Given struct {
	Name  string // in full
	Words []string
}

// Get gives the words of an option, and whether it was given at all.
func (l *Line) Get(name string) (words []string, given bool) {
	if g := l.find(name); g != nil {
		return g.Words, true
	}
	return nil, false
}

func (l *Line) find(name string) *Given {
	for i := range l.Given {
		if l.Given[i].Name == name {
			return &l.Given[i]
		}
	}
	return nil
}

// Parse takes apart the words that follow a program's name.
// source: boost::program_options, cmdline::run and store
func Parse(args []string, known []Option) (*Line, error) {
	p := &parser{known: known, rest: args}
	p.letters = slices.ContainsFunc(known, func(o Option) bool { return o.Short != 0 })
	for len(p.rest) > 0 {
		if err := p.step(); err != nil {
			return nil, err
		}
	}
	return store(share(p.pieces))
}

// piece is one option as it was written, or a word by itself.
type piece struct {
	option *Option // nil: a word
	words  []string
	fixed  bool // a word behind "--": no option's
}

type parser struct {
	known   []Option
	letters bool     // some option has a letter; else "-x" is a word
	rest    []string // not yet read
	pieces  []piece
}

// step reads the next piece.
func (p *parser) step() error {
	word := p.rest[0]
	switch {
	case p.swallower(word) != nil:
		return p.swallow(p.swallower(word))
	case isLong(word):
		return p.long()
	case p.letters && isShort(word):
		return p.short()
	case word == "--":
		for _, w := range p.rest[1:] {
			p.pieces = append(p.pieces, piece{words: []string{w}, fixed: true})
		}
		p.rest = nil
	default:
		p.pieces = append(p.pieces, piece{words: []string{word}})
		p.rest = p.rest[1:]
	}
	return nil
}

func isLong(word string) bool  { return len(word) >= 3 && strings.HasPrefix(word, "--") }
func isShort(word string) bool { return len(word) >= 2 && word[0] == '-' && word[1] != '-' }

// swallower gives the option that reads a word before all others, if there is one.
func (p *parser) swallower(word string) *Option {
	if !isLong(word) {
		return nil
	}
	for i := range p.known {
		if o := &p.known[i]; o.Swallows != nil && strings.HasPrefix(word[2:], o.Name) {
			return o
		}
	}
	return nil
}

// swallow reads an option whose words may look like options.
func (p *parser) swallow(o *Option) error {
	_, value, adjacent := strings.Cut(p.rest[0], "=")
	p.rest = p.rest[1:]
	if !adjacent {
		if len(p.rest) == 0 {
			return p.add(o, nil)
		}
		value, p.rest = p.rest[0], p.rest[1:]
	}
	n := o.Swallows(p.rest)
	words := append([]string{value}, p.rest[:n]...)
	p.rest = p.rest[n:]
	return p.add(o, words)
}

// long reads an option that is written with two dashes.
func (p *parser) long() error {
	token := p.rest[0]
	name, value, adjacent := strings.Cut(token[2:], "=")
	if adjacent && value == "" {
		return errEmpty(name)
	}
	p.rest = p.rest[1:]
	var words []string
	if adjacent {
		words = []string{value}
	}
	if name == "" { // "--=value" is a word by itself
		p.pieces = append(p.pieces, piece{words: words})
		return nil
	}
	return p.named(name, token, words)
}

// short reads options that are written with one dash: letters that take no words may be
// followed by further letters, any other by its word.
func (p *parser) short() error {
	token := p.rest[0]
	p.rest = p.rest[1:]
	name, more := token[:2], token[2:]
	for {
		o, _ := find(p.known, name, false)
		if o == nil || o.Arity != Flag || more == "" {
			break
		}
		if err := p.add(o, nil); err != nil {
			return err
		}
		name, more = "-"+more[:1], more[1:]
	}
	var words []string
	if more != "" {
		words = []string{more}
	}
	return p.named(name, token, words)
}

// named adds an option by its name as written, which may be a beginning.
func (p *parser) named(name, token string, words []string) error {
	o, ambiguous := find(p.known, name, true)
	switch {
	case ambiguous != nil:
		return refuse("option '" + token + "' " + ambiguous.Error())
	case o == nil:
		return errUnknown(token)
	}
	return p.add(o, words)
}

// add adds an option with the words it has, and reads the one it lacks.
func (p *parser) add(o *Option, words []string) error {
	switch {
	case len(words) > 0 && o.Arity == Flag:
		return errExtra(o.Name)
	case len(words) < o.Arity.least():
		if len(p.rest) == 0 {
			return errMissing(o.Name)
		}
		if err := p.checkWord(o, p.rest[0]); err != nil {
			return err
		}
		words = append(words, p.rest[0])
		p.rest = p.rest[1:]
	}
	p.pieces = append(p.pieces, piece{option: o, words: words})
	return nil
}

// checkWord says whether a word can be the one that an option must have: all can, even those
// that look like options, but for the dash and letter of one.
// source: boost::program_options, cmdline::finish_option
func (p *parser) checkWord(o *Option, word string) error {
	if isShort(word) {
		if known, _ := find(p.known, word, false); known != nil {
			return errMissing(o.Name)
		}
	}
	if isLong(word) && p.swallower(word) == nil && strings.HasSuffix(word, "=") && strings.Count(word, "=") == 1 {
		return errEmpty(o.Name)
	}
	return nil
}

// share gives the words that stand by themselves to the options before them that may have more.
func share(pieces []piece) []piece {
	var shared []piece
	for i := 0; i < len(pieces); i++ {
		own := pieces[i]
		if own.option != nil && own.option.Arity.least() < own.option.Arity.most() {
			for len(own.words) < own.option.Arity.most() && i+1 < len(pieces) && pieces[i+1].option == nil && !pieces[i+1].fixed {
				i++
				own.words = append(own.words, pieces[i].words...)
			}
		}
		shared = append(shared, own)
	}
	return shared
}

// store puts together what was given more than once, where that is allowed.
func store(pieces []piece) (*Line, error) {
	line := &Line{}
	for _, piece := range pieces {
		o := piece.option
		if o == nil {
			line.Rest = append(line.Rest, piece.words...)
			continue
		}
		before := line.find(o.Name)
		if before != nil {
			switch {
			case o.Arity == Optional && len(piece.words) == 0:
				before.Words = nil
				continue
			case o.Arity < Each:
				return nil, errRepeated(o.Name)
			}
		}
		for _, word := range piece.words {
			if !o.Content.accepts(word) {
				return nil, errInvalid(o.Name, word)
			}
		}
		if before != nil {
			before.Words = append(before.Words, piece.words...)
			continue
		}
		line.Given = append(line.Given, Given{o.Name, piece.words})
	}
	return line, nil
}
