package client

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/transport"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// identity is what requests say of their sender, without user and password:
// these depend on the server and are put in for each attempt.
func (s *settings) identity() command.Identity {
	return command.Identity{Host: s.LocalHost, Task: s.Task}
}

// stamp puts user and password into a request and, if it is a group, into all
// its members.
func (c *Client) stamp(ctx context.Context, s *settings, at transport.Endpoint, request wire.Request, tell teller) error {
	if _, ok := request.(wire.UserRequest); !ok {
		return nil
	}
	user, token, err := c.credentials(ctx, s, at, tell)
	if err != nil {
		return err
	}
	stampAll(request, user, token, s.User != "")
	return nil
}

func stampAll(request wire.Request, user, token string, custom bool) {
	if r, ok := request.(wire.UserRequest); ok {
		base := r.AsUser()
		base.User, base.Password, base.Custom = user, token, custom
	}
	if group, ok := request.(*wire.GroupCTSCmd); ok {
		for _, member := range group.Commands {
			stampAll(member, user, token, custom)
		}
	}
}

// credentials are the user and what crypt makes of the password; the token is
// "" when there is none.
func (c *Client) credentials(ctx context.Context, s *settings, at transport.Endpoint, tell teller) (user, token string, err error) {
	user, path := s.User, s.CustomFile
	if user == "" {
		if user, err = c.loginName(ctx, s); err != nil {
			return "", "", err
		}
		path = s.PasswordFile
	}
	plain, found := "", false
	if s.Password != nil {
		plain, found = s.Password(), true
	} else if path != "" {
		file, err := c.passwords.read(path)
		switch {
		case errors.Is(err, fault.NotFound): // as without a file
		case err != nil:
			return "", "", err
		default:
			for _, w := range file.Warnings() {
				c.warn(tell, w)
			}
			plain, found = file.Lookup(user, at.Host, at.Port, s.LocalHost)
		}
	}
	if !found {
		if s.User == "" {
			return user, "", nil
		}
		return "", "", &fault.Error{Kind: fault.Auth, Addr: at.String(), Unsent: true,
			Msg:  "there is no password for the custom user " + strconv.Quote(user) + " at this server",
			Hint: "a custom user (ECF_USER, set_user_name) needs a password, from the file that ECF_CUSTOM_PASSWD names\nor given by set_password()"}
	}
	for _, w := range auth.PasswordWarnings(user, plain) {
		c.warn(tell, w)
	}
	if (s.Protocol == Plain || s.Protocol == HTTP) && !transport.Loopback(at.Host) { // which goes through no proxy either
		c.warn(tell, auth.NoTLS(at.String()))
	}
	token, err = c.passwords.crypt(user, plain)
	return user, token, err
}

func (c *Client) loginName(ctx context.Context, s *settings) (string, error) {
	if s.Login != "" {
		return s.Login, nil
	}
	c.mu.Lock()
	known := c.login
	c.mu.Unlock()
	if known != "" {
		return known, nil
	}
	login, err := auth.FindLogin(ctx, s.loginEnv()) // may take its time: other requests go on
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.login = login.Name
	return c.login, nil
}

// passwordCache saves reading an unchanged file, and computing the same token,
// for every request. The answer is always that of the file as it is now.
type passwordCache struct {
	mu    sync.Mutex
	files map[string]cachedPasswords
	user  string
	plain string
	token string
}

// stampGrain is the coarsest time stamp of a common file system.
const stampGrain = 2 * time.Second

type cachedPasswords struct {
	info fs.FileInfo
	file *auth.PasswordFile
}

func (p *passwordCache) read(path string) (*auth.PasswordFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return auth.ReadPasswordFile(path)
	}
	p.mu.Lock()
	known, ok := p.files[path]
	p.mu.Unlock()
	if ok && os.SameFile(known.info, info) && known.info.ModTime().Equal(info.ModTime()) && known.info.Size() == info.Size() {
		return known.file, nil
	}
	file, err := auth.ReadPasswordFile(path)
	if err != nil {
		return nil, err
	}
	if time.Since(info.ModTime()) < stampGrain {
		return file, nil // a further change could carry the same time stamp
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files = map[string]cachedPasswords{path: {info, file}} // one is enough: there are two at most
	return file, nil
}

func (p *passwordCache) crypt(user, plain string) (string, error) {
	p.mu.Lock()
	if p.token != "" && p.user == user && p.plain == plain {
		defer p.mu.Unlock()
		return p.token, nil
	}
	p.mu.Unlock()
	token, err := auth.Crypt(user, plain)
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.user, p.plain, p.token = user, plain, token
	return token, nil
}
