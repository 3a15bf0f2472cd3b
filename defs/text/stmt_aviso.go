package text

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// aviso reads: aviso --name N --listener '{...}' and more options, in any order.
//
// source: libs/node/parser AvisoParser.cpp.
func (p *parser) aviso() error {
	a := defs.AvisoAttr{
		URL: defs.AvisoDefaultURL, Schema: defs.AvisoDefaultSchema, Polling: defs.AvisoDefaultPolling, Auth: defs.AvisoDefaultAuth,
	}
	revision := "0"
	given, err := p.options(map[string]*string{
		"name": &a.Name, "listener": &a.Listener, "url": &a.URL, "schema": &a.Schema, "polling": &a.Polling,
		"revision": &revision, "auth": &a.Auth, "reason": &a.Reason,
	}, nil)
	if err != nil {
		return err
	}
	if a.Revision, err = strconv.ParseUint(revision, 10, 64); err != nil {
		return bad(0, "the argument ('"+revision+"') for option '--revision' is invalid")
	}
	for _, option := range []string{"name", "listener"} {
		if !given[option] {
			return p.missing(option)
		}
	}
	if a, err = defs.NewAvisoAttr(a); err != nil {
		return at(0, err)
	}
	return at(0, p.top().AddAviso(a))
}

// mirror reads: mirror --name N --remote_path P and more options, in any order.
//
// source: libs/node/parser MirrorParser.cpp.
func (p *parser) mirror() error {
	m := defs.MirrorAttr{
		RemoteHost: defs.MirrorDefaultHost, RemotePort: defs.MirrorDefaultPort, Polling: defs.MirrorDefaultPolling, Auth: defs.MirrorDefaultAuth,
	}
	given, err := p.options(map[string]*string{
		"name": &m.Name, "remote_path": &m.RemotePath, "remote_host": &m.RemoteHost, "remote_port": &m.RemotePort,
		"polling": &m.Polling, "remote_auth": &m.Auth, "reason": &m.Reason,
	}, map[string]*bool{"ssl": &m.SSL, "propagate": &m.Propagate})
	if err != nil {
		return err
	}
	for _, option := range []string{"name", "remote_path"} {
		if !given[option] {
			return p.missing(option)
		}
	}
	if m, err = defs.NewMirrorAttr(m); err != nil {
		return at(0, err)
	}
	return at(0, p.top().AddMirror(m))
}

// missing names the aviso parser whatever the keyword, as the original does.
func (p *parser) missing(option string) error {
	return want(len(p.words), "--"+option, "AvisoParser::doParse: Could not find '"+option+"' option in line: "+p.stmt)
}

// options reads --name value and --name=value; unambiguous beginnings of names do.
func (p *parser) options(values map[string]*string, switches map[string]*bool) (map[string]bool, error) {
	given := map[string]bool{}
	words := quotedWords(p.stmt)[1:]
	for i := 0; i < len(words); i++ {
		body, isOption := strings.CutPrefix(words[i], "--")
		if !isOption {
			if len(words[i]) > 1 && words[i][0] == '-' {
				return nil, bad(0, "unrecognised option '"+words[i]+"'")
			}
			continue
		}
		name, value, joined := strings.Cut(body, "=")
		full, ok := complete(name, values, switches)
		if !ok {
			return nil, bad(0, "unrecognised option '--"+name+"'")
		}
		twice := given[full]
		given[full] = true
		if on := switches[full]; on != nil {
			*on = true
			continue
		}
		if !joined {
			if i++; i >= len(words) {
				return nil, bad(0, "the required argument for option '--"+full+"' is missing")
			}
			value = words[i]
		}
		if twice {
			return nil, bad(0, "option '--"+full+"' cannot be specified more than once")
		}
		*values[full] = value
	}
	return given, nil
}

func complete(name string, values map[string]*string, switches map[string]*bool) (full string, ok bool) {
	if values[name] != nil || switches[name] != nil {
		return name, true
	}
	for known := range values {
		if strings.HasPrefix(known, name) {
			if ok {
				return "", false
			}
			full, ok = known, true
		}
	}
	for known := range switches {
		if strings.HasPrefix(known, name) {
			if ok {
				return "", false
			}
			full, ok = known, true
		}
	}
	return full, ok
}

// quotedWords splits at blanks outside of single quotes; the quotes stay. A
// quote in the middle of a word begins a new one.
//
// source: libs/core Str.cpp, split_within_quotes.
func quotedWords(s string) (words []string) {
	begin, inside := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ' ' && !inside:
			if begin != i {
				words = append(words, s[begin:i])
			}
			begin = i + 1
		case s[i] == '\'':
			if !inside {
				begin = i
			}
			inside = !inside
		}
	}
	if begin != len(s) {
		words = append(words, s[begin:])
	}
	return words
}
