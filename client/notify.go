package client

import (
	"context"
	"fmt"
	"time"

	"github.com/ecflow-go/ecflow/internal/auth"
)

// teller tells the user something on behalf of one request.
type teller func(Event)

func (s *settings) teller(ctx context.Context) teller {
	notify, debug := s.Notify, s.Debug
	if notify == nil {
		return func(Event) {}
	}
	return func(e Event) {
		if e.Kind != DebugInfo || debug {
			notify(ctx, e)
		}
	}
}

// warn tells of something once in the life of a client.
func (c *Client) warn(tell teller, w auth.Warning) {
	key := fmt.Sprint(w.ID, "\x00", w.Path, "\x00", w.Line)
	c.mu.Lock()
	known := c.warned[key]
	c.warned[key] = true
	c.mu.Unlock()
	if !known {
		tell(Event{Kind: Warning, Text: w.String()})
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
