package client

import (
	"path/filepath"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/internal/auth"
)

// limits of ECF_TIMEOUT and ECF_ZOMBIE_TIMEOUT; the lower one is that of 5.16
// and later, before it was ten minutes.
const (
	minChildTimeout = time.Minute
	maxChildTimeout = 24 * time.Hour
)

// OptionsFromEnv reads the variables the original client reads: ECF_HOST,
// ECF_PORT, ECF_HOST_PROTOCOL, ECF_HOSTFILE, ECF_HOSTFILE_POLICY, ECF_SSL,
// ECF_SSL_DIR, HOME, ECF_USER, ECF_PASSWD, ECF_CUSTOM_PASSWD, ECF_AUTHTOKENS,
// ECF_NAME, ECF_PASS, ECF_RID, ECF_TRYNO, ECF_TIMEOUT, ECF_ZOMBIE_TIMEOUT,
// ECF_CONNECT_TIMEOUT (seconds), and, if present whatever their value,
// ECF_DENIED, NO_ECF and ECF_DEBUG_CLIENT. Beyond the original it reads ECF_PROXY,
// and no_proxy or NO_PROXY with it; see [Options.UseSystemProxy] for ALL_PROXY.
//
// lookup is os.LookupEnv or the like. Numbers are read as atoi(3) does: text
// that is none counts as 0. ECF_TIMEOUT and ECF_ZOMBIE_TIMEOUT are kept between
// one minute and 24 hours.
//
// source: ClientEnvironment.cpp
func OptionsFromEnv(lookup func(name string) (value string, ok bool)) Options {
	e := environment{lookup}
	o := Options{
		Host:           e.str("ECF_HOST"),
		Port:           e.str("ECF_PORT"),
		HostFile:       e.str("ECF_HOSTFILE"),
		HostFileForAll: strings.EqualFold(e.str("ECF_HOSTFILE_POLICY"), "all"),
		User:           e.str("ECF_USER"),
		PasswordFile:   e.str("ECF_PASSWD"),
		CustomFile:     e.str("ECF_CUSTOM_PASSWD"),
		TokenFile:      auth.TokenFilePath(lookup),
		Task: Task{Path: e.str("ECF_NAME"), Password: e.str("ECF_PASS"), RemoteID: e.str("ECF_RID"),
			TryNo: int(e.number("ECF_TRYNO", 1))},
		ChildTimeout:  e.clamped("ECF_TIMEOUT", DefaultChildTimeout),
		ZombieTimeout: e.clamped("ECF_ZOMBIE_TIMEOUT", DefaultZombieTimeout),
		StepTimeout:   max(0, time.Duration(e.number("ECF_CONNECT_TIMEOUT", 0))*time.Second),
		Denied:        e.has("ECF_DENIED"),
		NoServer:      e.has("NO_ECF"),
		Debug:         e.has("ECF_DEBUG_CLIENT"),
		SSLDir:        SSLDirFromEnv(lookup),
	}
	if e.has(proxyVariable) {
		o.setProxy(e.str(proxyVariable), lookup)
	}
	unknown := ""
	switch protocol := e.str("ECF_HOST_PROTOCOL"); strings.ToUpper(protocol) {
	case "", "PLAIN", "TCP":
	case "HTTP":
		o.Protocol = HTTP
	case "HTTPS":
		o.Protocol = HTTPS
	case "SSL":
		o.Protocol = TLS
	default:
		unknown = protocol
	}
	if e.has("ECF_SSL") {
		o.Protocol, o.SSLValue = TLS, e.str("ECF_SSL")
	}
	o.env = &fromEnv{lookup, o.PasswordFile, o.CustomFile, o.TokenFile, o.SSLDir, o.SSLValue, unknown}
	return o
}

// fromEnv remembers what came from the environment: the original looks some
// variables up when it needs them, and scripts set them after making a client.
// A setting that the caller replaced is left alone.
type fromEnv struct {
	lookup                                                func(string) (string, bool)
	passwordFile, customFile, tokenFile, sslDir, sslValue string

	unknownProtocol string // an ECF_HOST_PROTOCOL that names none: New refuses it
}

// rereadFiles looks the files of passwords and tokens up again.
func (o *Options) rereadFiles() {
	if o.env == nil {
		return
	}
	e := environment{o.env.lookup}
	if o.PasswordFile == o.env.passwordFile {
		o.PasswordFile = e.str("ECF_PASSWD")
	}
	if o.CustomFile == o.env.customFile {
		o.CustomFile = e.str("ECF_CUSTOM_PASSWD")
	}
	if o.TokenFile == o.env.tokenFile && (o.Protocol == HTTP || o.Protocol == HTTPS) {
		o.TokenFile = auth.TokenFilePath(o.env.lookup)
	}
}

// rereadTLS looks up again where certificates are; it is for when TLS is enabled.
func (o *Options) rereadTLS() {
	if o.env == nil || o.SSLDir != o.env.sslDir || o.SSLValue != o.env.sslValue {
		return
	}
	e := *o.env
	e.sslDir, e.sslValue = SSLDirFromEnv(e.lookup), environment{e.lookup}.str("ECF_SSL")
	o.SSLDir, o.SSLValue, o.env = e.sslDir, e.sslValue, &e
}

// loginEnv answers for the login name where the account database does not.
func (o *Options) loginEnv() func(string) (string, bool) {
	if o.env == nil {
		return nil
	}
	return o.env.lookup
}

// SSLDirFromEnv is the directory of certificate files: ECF_SSL_DIR, else
// $HOME/.ecflowrc/ssl.
func SSLDirFromEnv(lookup func(name string) (value string, ok bool)) string {
	e := environment{lookup}
	if dir := e.str("ECF_SSL_DIR"); dir != "" {
		return dir
	}
	return filepath.Join(e.str("HOME"), ".ecflowrc", "ssl")
}

type environment struct {
	lookup func(string) (string, bool)
}

func (e environment) str(name string) string {
	value, _ := e.lookup(name)
	return value
}

func (e environment) has(name string) bool {
	_, ok := e.lookup(name)
	return ok
}

// number reads a number as atoi does: the digits at the beginning count.
func (e environment) number(name string, absent int64) int64 {
	text, ok := e.lookup(name)
	if !ok {
		return absent
	}
	text = strings.TrimSpace(text)
	negative := strings.HasPrefix(text, "-")
	text = strings.TrimLeft(text, "+-")
	n := int64(0)
	for _, c := range text {
		if c < '0' || c > '9' || n > 1<<40 {
			break
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		return -n
	}
	return n
}

func (e environment) clamped(name string, absent time.Duration) time.Duration {
	if !e.has(name) {
		return absent
	}
	return min(max(time.Duration(e.number(name, 0))*time.Second, minChildTimeout), maxChildTimeout)
}
