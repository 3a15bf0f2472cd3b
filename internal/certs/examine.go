package certs

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// modesCount says whether this system keeps the permissions of files in their modes.
const modesCount = runtime.GOOS != "windows"

// Problem is something that is wrong with files, or soon will be.
type Problem struct {
	Warning bool   `json:"warning"` // it works all the same
	Path    string `json:"path,omitempty"`
	Text    string `json:"text"`
	Hint    string `json:"hint,omitempty"`
}

// Report tells of the files of one base name.
type Report struct {
	Path         string        `json:"path"`         // of the certificate, or of the key when there is none
	Certificates []Certificate `json:"certificates"` // the server's own first
	Key          *KeyReport    `json:"key"`          // nil: there is none here, as on a client
	Group        string        `json:"group"`        // path of the Diffie-Hellman group; "": there is none
	Problems     []Problem     `json:"problems"`
}

// KeyReport tells of a private key.
type KeyReport struct {
	Path      string `json:"path"`
	Kind      string `json:"kind"` // "" when it cannot be opened
	Encrypted bool   `json:"encrypted"`
	Phrase    string `json:"phrase_file"` // path of the pass phrase; "": there is none
	Matches   *bool  `json:"matches"`     // the certificate; nil: cannot be told
}

// Bad reports whether something does not work.
func (r *Report) Bad() bool {
	return slices.ContainsFunc(r.Problems, func(p Problem) bool { return !p.Warning })
}

// Examine tells of a certificate, or a key, and of what belongs to it; for a directory of
// all that are in it, by name.
//
// Errors: fault.TLSMissing, fault.TLSBadFile. What is wrong with single files of several is in their reports.
func Examine(path string, now time.Time) ([]Report, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.IsDir() {
		return []Report{examine(path, FilesOf(path), now)}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	var reports []Report
	seen := map[string]bool{}
	for _, extension := range []string{".crt", ".key"} {
		for _, entry := range entries {
			base, ok := strings.CutSuffix(entry.Name(), extension)
			if !ok || seen[base] || strings.HasPrefix(base, ".") {
				continue
			}
			seen[base] = true
			file := filepath.Join(path, entry.Name())
			reports = append(reports, examine(file, FilesOf(file), now))
		}
	}
	if len(reports) == 0 {
		return nil, unreadable(path, fmt.Errorf("there is no certificate (.crt) in this directory: %w", fs.ErrNotExist))
	}
	if p, found := writableByOthers(path, info); found {
		reports[0].Problems = append(reports[0].Problems, p)
	}
	return reports, nil
}

// examine tells of the files of one base name; path is the one that was named.
func examine(path string, files Files, now time.Time) Report {
	if path != files.Key {
		files.Certificate = path // whatever its extension
	}
	r := Report{Path: files.Certificate, Certificates: []Certificate{}, Problems: []Problem{}}
	leaf := r.certificate(files, now)
	if leaf == nil && path == files.Key {
		r.Path = files.Key
	}
	if r.key(files, leaf) {
		r.group(files)
	}
	return r
}

func (r *Report) add(warning bool, path, text, hint string) {
	r.Problems = append(r.Problems, Problem{Warning: warning, Path: path, Text: text, Hint: hint})
}

func (r *Report) certificate(files Files, now time.Time) *x509.Certificate {
	path := files.Certificate
	data, err := readFile(path)
	if err != nil {
		r.add(false, path, "the certificate cannot be read: "+reason(err), "")
		return nil
	}
	chain, err := parseCertificates(data)
	switch {
	case err != nil:
		r.add(false, path, "the certificate is damaged: "+err.Error(), "")
		return nil
	case len(chain) == 0:
		r.add(false, path, "there is no certificate in this file", "it has lines -----BEGIN CERTIFICATE-----")
		return nil
	}
	for _, c := range chain {
		r.Certificates = append(r.Certificates, Describe(c, now))
	}
	leaf := chain[0]
	if p, found := dateProblem(leaf, now); found {
		p.Path = path
		r.Problems = append(r.Problems, p)
	}
	if weak := WeakKey(leaf.PublicKey); weak != "" {
		r.add(false, path, weak, "make a new pair")
	}
	if keyBlock(data) != nil {
		r.add(false, path, "there is a private key in the file that is given to clients", "take it out, or better make a new pair")
	}
	if info, err := os.Stat(path); err == nil {
		if p, found := writableByOthers(path, info); found {
			r.Problems = append(r.Problems, p)
		}
	}
	return leaf
}

// key tells of the key, if there is one, and reports whether there is.
func (r *Report) key(files Files, leaf *x509.Certificate) bool {
	data, err := readFile(files.Key)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	k := &KeyReport{Path: files.Key}
	r.Key = k
	if err != nil {
		r.add(errors.Is(err, fs.ErrPermission), files.Key, "the key cannot be read: "+reason(err), "only the user who runs the server should be able to")
		return true
	}
	r.private(files.Key)
	block := keyBlock(data)
	if block == nil {
		r.add(false, files.Key, "there is no private key in this file", "")
		return true
	}
	phrase := defaultPhrase
	if data, err := readFile(files.Phrase); err == nil {
		k.Phrase, phrase = files.Phrase, phraseOf(data)
		r.private(files.Phrase)
	} else if !errors.Is(err, fs.ErrNotExist) {
		k.Phrase = files.Phrase
		r.add(true, files.Phrase, "the pass phrase cannot be read: "+reason(err), "")
	}
	k.Encrypted = isEncrypted(block)
	key, err := openKey(block, phrase)
	switch {
	case errors.Is(err, errPhrase) && k.Phrase == "":
		r.add(false, files.Key, "the key has a pass phrase, and there is no "+files.Phrase, "a server reads it from there, and would not start")
	case errors.Is(err, errPhrase):
		r.add(false, files.Phrase, "the pass phrase in this file is not that of "+files.Key, "")
	case errors.Is(err, errUnknown):
		r.add(true, files.Key, err.Error()+", so whether it fits cannot be told", "openssl pkcs8 -topk8 -v2 aes256 writes it anew")
	case err != nil:
		r.add(false, files.Key, err.Error(), "")
	default:
		k.Kind = DescribeKey(key.Public())
		if leaf != nil {
			same := matches(leaf, key)
			k.Matches = &same
			if !same {
				r.add(false, files.Key, "the key is not that of "+files.Certificate, "one of the two is of another pair: a server would not start")
			}
		}
	}
	return true
}

// group tells of the group that a server needs.
func (r *Report) group(files Files) {
	data, err := readFile(files.Group)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.add(false, files.Group, "there is no Diffie-Hellman group, without which a server does not start", "ecflow certs group > "+files.Group)
	case err != nil:
		r.add(true, files.Group, "the Diffie-Hellman group cannot be read: "+reason(err), "")
	default:
		r.Group = files.Group
		switch bits := groupBits(data); {
		case bits == 0:
			r.add(false, files.Group, "there is no Diffie-Hellman group in this file", "")
		case bits < 2048:
			r.add(false, files.Group, fmt.Sprintf("the Diffie-Hellman group has %d bits; today's OpenSSL wants 2048", bits), "")
		}
	}
}

// private tells of a file with secrets that others can read.
func (r *Report) private(path string) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || !modesCount {
		return
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		r.add(true, path, fmt.Sprintf("others than its owner have access (mode %04o)", mode), "chmod 600 "+path)
	}
}

// writableByOthers tells of what others can replace.
func writableByOthers(path string, info fs.FileInfo) (Problem, bool) {
	if mode := info.Mode(); modesCount && mode.Perm()&0o022 != 0 && mode&fs.ModeSticky == 0 {
		return Problem{
			Warning: true, Path: path, Text: fmt.Sprintf("others than its owner can change it (mode %04o)", mode.Perm()), Hint: "chmod go-w " + path,
		}, true
	}
	return Problem{}, false
}
