// Package goface is package client in signatures that gopy can render in
// Python: no contexts, no options with functions, no type aliases, no any.
// It exists for the module that "make gopy" builds; nothing imports it.
//
// source: docs/decisions/0004-gopy.md
package goface

import "github.com/ecflow-go/ecflow/client"

//go:generate go run ../internal/gen/goface -client ../client -out zcommands.go

// Client is a client.Client whose requests cannot be cancelled.
type Client struct{ core *client.Client }

// Connect makes a client of the server at host and port; it contacts nobody.
// No environment variable is read.
func Connect(host, port string) (*Client, error) {
	core, err := client.New(client.Options{Host: host, Port: port})
	if err != nil {
		return nil, err
	}
	return &Client{core: core}, nil
}

// SetUser is client.Client.SetUser.
func (c *Client) SetUser(name string) { c.core.SetUser(name) }

// SetPassword is client.Client.SetPassword.
func (c *Client) SetPassword(plain string) { c.core.SetPassword(plain) }

// EnableTLS is client.Client.EnableTLSWithCA.
func (c *Client) EnableTLS(cafile string) error { return c.core.EnableTLSWithCA(cafile, false) }
