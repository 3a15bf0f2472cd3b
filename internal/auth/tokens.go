package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/ecflow-go/ecflow/fault"
)

const tokenFileName = ".ecflowapirc"

// TokenFile holds the HTTP authorization tokens of an ECF_AUTHTOKENS file. It is
// immutable and safe for concurrent use. No way of printing it shows a
// token.
type TokenFile struct {
	path     string
	tokens   []token
	warnings []Warning
}

type token struct {
	server string // regular expression over "scheme://host:port"
	header Secret // value of the Authorization header
}

// TokenFilePath is where the tokens are looked for: the file that ECF_AUTHTOKENS
// names, else .ecflowapirc in the directory HOME if it is there, else
// .ecflowapirc in the working directory. env is os.LookupEnv or the like.
//
// source: ClientEnvironment.cpp.
func TokenFilePath(env func(name string) (value string, ok bool)) string {
	if path, ok := env("ECF_AUTHTOKENS"); ok {
		return path
	}
	if home, ok := env("HOME"); ok {
		path := home + "/" + tokenFileName
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return tokenFileName
}

// ReadTokenFile reads a file of tokens:
//
//	{"version": 1, "tokens": [
//	  {"type": "bearer", "server": "http://host:8080", "api": {"url": "...", "key": "...", "email": "..."}},
//	  {"type": "basic", "server": "https://.*", "api": {"username": "...", "password": "..."}}]}
//
// Entries of other types are left out, as the original does. A file that does
// not exist gives fault.NotFound (and errors.Is with fs.ErrNotExist), on which
// the original warns and goes on without a token; other faults are of kind
// fault.Config, with the path and, where it applies, the line.
//
// source: ClientEnvironment.cpp.
func ReadTokenFile(path string) (*TokenFile, error) {
	data, info, err := readSecretFile("read the tokens", path)
	if err != nil {
		return nil, err
	}
	file, err := parseTokenFile(path, data)
	if err != nil {
		return nil, err
	}
	file.warnings = permissionWarnings(path, info)
	return file, nil
}

// Path is the path the file was read from.
func (f *TokenFile) Path() string { return f.path }

// Warnings tells who can read the file that should not.
func (f *TokenFile) Warnings() []Warning { return f.warnings }

// Lookup gives the value of the Authorization header for a server, named as
// "http://host:port" or "https://host:port": that of the first entry whose
// expression matches all of it. Without one, ok is false.
//
// Expressions are read by Go's regexp, where the original reads ECMAScript. The
// common ground is all that address patterns need; look-ahead ("(?=", "(?!")
// and back-references ("\1") exist in ECMAScript only and give
// fault.Unsupported, other faulty ones fault.Config. As in the original, only
// entries before the first match are looked at.
func (f *TokenFile) Lookup(server string) (header string, ok bool, err error) {
	for i, t := range f.tokens {
		matches, err := fullMatch(t.server, server)
		if err != nil {
			return "", false, f.badExpression(i, t.server, err)
		}
		if matches {
			return t.header(), true, nil
		}
	}
	return "", false, nil
}

func fullMatch(pattern, text string) (bool, error) {
	// Compiled by itself first, so that "a)(b" does not slip through the brackets below.
	if _, err := regexp.Compile(pattern); err != nil {
		return false, err
	}
	whole, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil {
		return false, err
	}
	return whole.MatchString(text), nil
}

func (f *TokenFile) badExpression(index int, pattern string, err error) error {
	failed := &fault.Error{
		Kind: fault.Config, Op: "choose a token", Path: f.path, Err: err,
		Msg:  fmt.Sprintf("%s: \"server\" of token %d is not a regular expression: %q", f.path, index+1, pattern),
		Hint: "it must match all of an address such as http://host:8080",
	}
	var badSyntax *syntax.Error
	if errors.As(err, &badSyntax) && (badSyntax.Code == syntax.ErrInvalidPerlOp || badSyntax.Code == syntax.ErrInvalidEscape) {
		failed.Kind = fault.Unsupported
		failed.Hint = "look-ahead and back-references of ECMAScript are not supported: list the servers as a|b|c"
	}
	return failed
}

func parseTokenFile(path string, data []byte) (*TokenFile, error) {
	fail := func(line int, msg string) error {
		return &fault.Error{
			Kind: fault.Config, Op: "read the tokens", Path: path, Line: line, Msg: place(path, line) + ": " + msg,
			Hint: `it must read {"version": 1, "tokens": [{"type": ..., "server": ..., "api": {...}}, ...]}`,
		}
	}
	if !utf8.Valid(data) {
		return nil, fail(0, "is not UTF-8")
	}
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		line := 0
		var badSyntax *json.SyntaxError
		if errors.As(err, &badSyntax) {
			line = 1 + strings.Count(string(data[:badSyntax.Offset]), "\n")
		}
		return nil, fail(line, "is not valid JSON") // the parser's own words quote the text
	}
	top, _ := root.(map[string]any)
	if version, ok := top["version"].(float64); !ok || version != 1 {
		return nil, fail(0, "\"version\" is not 1")
	}
	list, ok := top["tokens"].([]any)
	if !ok && top["tokens"] != nil {
		return nil, fail(0, "\"tokens\" is not a list")
	}
	file := &TokenFile{path: path}
	for i, entry := range list {
		t, known, problem := parseToken(entry)
		switch {
		case problem != "":
			return nil, fail(0, fmt.Sprintf("token %d: %s", i+1, problem))
		case known:
			file.tokens = append(file.tokens, t)
		}
	}
	return file, nil
}

// parseToken reads one entry. The original insists on the members "url" and
// "email" of a bearer token too, but uses neither; here they may be absent.
func parseToken(entry any) (t token, known bool, problem string) {
	object, ok := entry.(map[string]any)
	if !ok {
		return token{}, false, "is not an object"
	}
	kind, _ := object["type"].(string)
	if kind != "bearer" && kind != "basic" {
		return token{}, false, ""
	}
	api, _ := object["api"].(map[string]any)
	text := func(from map[string]any, name string) string {
		s, ok := from[name].(string)
		switch {
		case problem != "":
		case !ok:
			problem = fmt.Sprintf("%q is missing or not a string", name)
		case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }):
			problem = fmt.Sprintf("%q has a control character", name) // it would end the header
		}
		return s
	}
	t.server = text(object, "server")
	if kind == "bearer" {
		t.header = Hide("Bearer " + text(api, "key"))
	} else {
		pair := text(api, "username") + ":" + text(api, "password")
		t.header = Hide("Basic " + base64.StdEncoding.EncodeToString([]byte(pair)))
	}
	return t, true, problem
}
