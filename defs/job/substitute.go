package job

import "strings"

// block is what a directive opens and %end closes.
type block uint8

const (
	noBlock block = iota
	noppBlock
	commentBlock
	manualBlock
)

// blocks are those that are open, the innermost last.
type blocks []block

func (b *blocks) push(k block) { *b = append(*b, k) }

func (b *blocks) pop() block {
	k := b.last()
	if k != noBlock {
		*b = (*b)[:len(*b)-1]
	}
	return k
}

func (b blocks) last() block {
	if len(b) == 0 {
		return noBlock
	}
	return b[len(b)-1]
}

// opened is the block that a line opens; the micro is at its start.
func opened(line string) block {
	switch word := line[1:]; {
	case strings.HasPrefix(word, wordManual):
		return manualBlock
	case strings.HasPrefix(word, wordComment):
		return commentBlock
	case strings.HasPrefix(word, wordNopp):
		return noppBlock
	}
	return noBlock
}

// substitute is the second pass: it puts in the values of variables. Within
// manuals and comments those without value may stay.
func (e *expansion) substitute() error {
	micro := e.micro
	values := e.substitution(micro)
	var open blocks
	nopp := false
	for i, line := range e.lines {
		at := strings.Index(line, micro)
		if at == 0 {
			if k := opened(line); k != noBlock {
				open.push(k)
				nopp = nopp || k == noppBlock
				continue
			}
			switch word := line[1:]; {
			case strings.HasPrefix(word, wordEnd):
				switch open.pop() {
				case noBlock:
					return failf("EcfFile::variableSubstitution: failed unpaired %%end")
				case noppBlock:
					nopp = false
				}
				continue
			case strings.HasPrefix(word, wordMicro):
				next, why := readMicro(line, e.script.PathOrCommand)
				if why != "" {
					return failf("EcfFile::variableSubstitution: failed : %s", why)
				}
				micro = next
				values.Micro = micro[0]
				continue
			}
		}
		if nopp || at < 0 {
			continue
		}
		text, ok := values.Expand(line)
		e.lines[i] = text
		if !ok && open.last() != commentBlock && open.last() != manualBlock {
			return failf("EcfFile::variableSubstitution: failed : '%s'", text)
		}
		if e.size += len(text) - len(line); e.size > mostJob {
			return failf("EcfFile::variableSubstitution: failed : the job is larger than %d MB", mostJob>>20)
		}
	}
	return nil
}
