package job

import (
	"slices"
	"strings"
)

const stripping = "EcfFile::remove_comment_manual_and_nopp_tokens: "

// stripper is the last pass: it takes out manuals, comments and directives. What is between %nopp and its %end stays.
type stripper struct {
	file                  string
	micro                 string
	open                  blocks
	nopp, manual, comment bool
}

// strip takes out what is no part of the job.
func (e *expansion) strip() error {
	s := stripper{file: e.script.PathOrCommand, micro: e.micro}
	kept := e.lines[:0]
	for _, line := range e.lines {
		keep, err := s.line(line)
		if err != nil {
			return err
		}
		if keep {
			kept = append(kept, line)
		}
	}
	clear(e.lines[len(kept):])
	e.lines = kept
	for _, b := range [...]struct {
		open bool
		name string
	}{{s.nopp, "nopp"}, {s.manual, "manual"}, {s.comment, "comment"}} {
		if b.open {
			return failf(stripping+"failed Unterminated %s. Matching 'end' is missing, in %s", b.name, s.file)
		}
	}
	return nil
}

// line reports whether a line stays.
func (s *stripper) line(line string) (keep bool, err error) {
	if !strings.HasPrefix(line, s.micro) {
		return s.stays(), nil
	}
	switch k := opened(line); k {
	case manualBlock:
		if s.manual {
			return false, failf(stripping+"Embedded manuals are not allowed in %s", s.file)
		}
		s.open.push(k)
		s.manual = !s.nopp
		return s.nopp, nil
	case commentBlock:
		if s.comment {
			return false, failf(stripping+"Embedded comments are not allowed in %s", s.file)
		}
		s.open.push(k)
		s.comment = !s.nopp
		return s.nopp, nil
	case noppBlock:
		if s.nopp {
			return false, failf(stripping+"failed Embedded nopp are not allowed %s", s.file)
		}
		s.open.push(k)
		s.nopp = true
		return false, nil
	}
	switch word := line[1:]; {
	case strings.HasPrefix(word, wordEnd):
		switch s.open.pop() {
		case noBlock:
			return false, failf(stripping + "failed unpaired %%end")
		case noppBlock:
			s.nopp = false
			return false, nil
		case manualBlock:
			s.manual = false
		case commentBlock:
			s.comment = false
		}
		return s.nopp, nil
	case !s.nopp && strings.HasPrefix(word, wordMicro):
		micro, why := readMicro(line, s.file)
		if why != "" {
			return false, failf(stripping+"failed : %s", why)
		}
		s.micro = micro
		return false, nil
	}
	return s.stays(), nil
}

func (s *stripper) stays() bool { return s.nopp || !s.manual && !s.comment }

// joined is the text of a file of lines, as the original's C functions write it.
func joined(text []string) []byte {
	if slices.ContainsFunc(text, func(line string) bool { return strings.IndexByte(line, 0) >= 0 }) {
		text = slices.Clone(text)
		for i := range text {
			text[i] = upToNul(text[i])
		}
	}
	return []byte(strings.Join(text, "\n"))
}
