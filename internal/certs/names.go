package certs

import (
	"context"
	"net"
	"os"
	"slices"
	"strings"
)

// LocalNames are what clients may call this machine: its name, the full name if the
// resolver knows one, localhost and the loopback addresses. ctx limits the asking.
func LocalNames(ctx context.Context) []string {
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "localhost"
	}
	return NamesOf(ctx, host)
}

// NamesOf is [LocalNames] of a host of that name or address.
func NamesOf(ctx context.Context, host string) []string {
	names := []string{host}
	if full := fullName(ctx, host); full != "" {
		names = append(names, full)
	}
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// fullName asks the resolver for the name with a domain, "" if it knows none.
func fullName(ctx context.Context, host string) string {
	if strings.Contains(host, ".") || strings.Contains(host, ":") || host == "localhost" {
		return ""
	}
	isFull := func(name string) bool {
		return strings.HasPrefix(strings.ToLower(name), strings.ToLower(host)+".") && isName(name)
	}
	if name, err := net.DefaultResolver.LookupCNAME(ctx, host); err == nil {
		if name = strings.TrimSuffix(name, "."); isFull(name) {
			return name
		}
	}
	addresses, err := net.DefaultResolver.LookupHost(ctx, host)
	if err != nil {
		return ""
	}
	for _, address := range addresses {
		found, err := net.DefaultResolver.LookupAddr(ctx, address)
		if err != nil {
			continue
		}
		for _, name := range found {
			if name = strings.TrimSuffix(name, "."); isFull(name) {
				return name
			}
		}
	}
	return ""
}
