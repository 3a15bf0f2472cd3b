package main

import "context"

// notices takes what a client has to say during a call; see ecf_watch.
type notices func(level int, text string)

const (
	noticeProgress = 0
	noticeWarning  = 1
	noticePrint    = 2
)

type noticesKey struct{}

func withNotices(ctx context.Context, n notices) context.Context {
	if n == nil {
		return ctx
	}
	return context.WithValue(ctx, noticesKey{}, n)
}

func tell(ctx context.Context, level int, text string) {
	if n, ok := ctx.Value(noticesKey{}).(notices); ok {
		n(level, text)
	}
}
