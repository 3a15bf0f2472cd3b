package transport

import "context"

// Reach opens a connection to the server at ep as [Exchange] does, through the proxy if
// there is one, and closes it without a word.
//
// Errors are *fault.Error, as those of Exchange.
func Reach(ctx context.Context, ep Endpoint, cfg *Config) error {
	x := &exchange{ctx: ctx, ep: ep.bare(), cfg: cfg}
	done, err := x.open()
	if err != nil {
		return x.explain(err)
	}
	done()
	return nil
}
