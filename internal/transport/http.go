package transport

import (
	"bufio"
	"io"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// HTTPOptions are the settings of modes HTTP and HTTPS.
type HTTPOptions struct {
	// Authorization is the header of that name, such as "Bearer KEY"; empty:
	// none is sent. It never appears in an error.
	Authorization string

	// CAFile is a PEM file with the certificates to accept, or their
	// authorities'; empty: those this system trusts. Mode HTTPS.
	CAFile string
	// AnyHostName accepts a certificate made for another name.
	AnyHostName bool
	// InsecureSkipVerify accepts any certificate, as the original does: whoever
	// sits on the way can read and change everything.
	InsecureSkipVerify bool
}

const (
	httpPath      = "/v1/ecflow"
	httpAgent     = "ecflow-go"
	maxHTTPHeader = 1 << 20
	maxHTTPPage   = 4096 // bytes of an error page read
	maxHTTPQuote  = 200  // and shown
)

// post sends the request as an HTTP request and gives the body of the reply.
//
// It goes over the exchange's own connection: the client of net/http would keep
// goroutines beyond the call, follow redirects, and ask the environment for a proxy.
func (x *exchange) post(stream io.ReadWriter, body []byte) ([]byte, error) {
	header, err := x.httpHeader(len(body))
	if err != nil {
		return nil, err
	}
	x.begin(sending)
	_, sendErr := stream.Write(append(header, body...))
	if sendErr != nil && x.over(sendErr) {
		return nil, sendErr
	}
	x.begin(receiving)
	reply, err := x.receiveHTTP(stream)
	if err != nil && sendErr != nil && x.received == 0 {
		x.phase = sending
		return nil, sendErr
	}
	return reply, err
}

// httpHeader is all that comes before the body.
func (x *exchange) httpHeader(length int) ([]byte, error) {
	if hasControl(x.cfg.HTTP.Authorization) {
		return nil, fault.New(fault.Argument, "the Authorization header contains a control character")
	}
	header := "POST " + httpPath + " HTTP/1.1\r\nHost: " + x.ep.String() + "\r\nAccept: */*\r\n"
	if x.cfg.HTTP.Authorization != "" {
		header += "Authorization: " + x.cfg.HTTP.Authorization + "\r\n"
	}
	header += "Connection: close\r\nContent-Length: " + strconv.Itoa(length) + "\r\nContent-Type: application/json\r\n"
	return []byte(header + "User-Agent: " + httpAgent + "\r\n\r\n"), nil
}

func (x *exchange) receiveHTTP(stream io.Reader) ([]byte, error) {
	// The parser itself reads header lines without limit.
	limited := &io.LimitedReader{R: x.reader(stream), N: maxHTTPHeader}
	in := bufio.NewReader(limited)
	resp, err := readReply(in, false)
	for err == nil && resp.code >= 100 && resp.code < 200 && resp.code != statusSwitching {
		resp, err = readReply(in, false)
	}
	if err != nil {
		return nil, x.httpHeaderFailure(err, limited.N <= 0)
	}
	limit := x.cfg.maxReply()
	if resp.code != statusOK {
		limit = maxHTTPPage
	} else if resp.length > limit {
		return nil, replyTooLarge(limit)
	}
	limited.N = math.MaxInt64 // the body is limited by what it amounts to
	body, err := io.ReadAll(io.LimitReader(resp.body, limit+1))
	switch {
	case resp.code != statusOK:
		return nil, x.statusFailure(resp, body)
	case err != nil:
		return nil, err
	case int64(len(body)) > limit:
		return nil, replyTooLarge(limit)
	}
	return body, nil
}

func replyTooLarge(limit int64) *fault.Error {
	return fault.New(fault.TooLarge, "the reply is larger than the limit of "+strconv.FormatInt(limit, 10)+" bytes")
}

// httpHeaderFailure looks at what came instead of an HTTP reply.
func (x *exchange) httpHeaderFailure(err error, overflow bool) error {
	head := x.link.seen()
	switch {
	case isTimeout(err) || x.ctx.Err() != nil:
		return err
	case overflow:
		return fault.New(fault.TooLarge, "the header of the HTTP reply does not end")
	case x.received == 0 && isClosed(err):
		e := &fault.Error{Kind: fault.Truncated, Msg: "the server accepted the connection and closed it without an HTTP reply", Err: err}
		if x.cfg.Mode == HTTP {
			e.Kind = fault.PlainToTLS
			e.Hint = "most often this is a server that wants TLS; one started with --http does so with a request it cannot decode"
		}
		return e
	case x.cfg.Mode == HTTP && isTLSRecord(head):
		return &fault.Error{Kind: fault.PlainToTLS, Msg: "the server speaks TLS, and plain HTTP was asked for", Hint: "choose HTTPS on the client", Err: err}
	case x.cfg.Mode == HTTP && isFrame(head):
		return &fault.Error{
			Kind: fault.Protocol,
			Msg:  "the server speaks plain ecFlow, not HTTP",
			Hint: "do not choose HTTP on the client, or start the server with --http",
			Err:  err,
		}
	case x.ended:
		return &fault.Error{Kind: fault.Truncated, Msg: "the connection ended in the middle of the HTTP reply's header", Err: io.ErrUnexpectedEOF}
	case isReset(err) || isClosed(err):
		return err
	}
	return &fault.Error{Kind: fault.Protocol, Msg: "the peer's answer is not HTTP: " + reason(err), Err: err}
}

// statusFailure makes an error of any status but 200, the only one an ecFlow
// server gives: the others come from what stands in front of it.
func (x *exchange) statusFailure(resp *httpReply, body []byte) *fault.Error {
	e := &fault.Error{Msg: "the HTTP status is " + resp.status, Server: x.errorPage(resp, body)}
	switch code := resp.code; {
	case code == statusBadRequest && x.cfg.Mode == HTTP && strings.Contains(strings.ToUpper(e.Server), "HTTPS"):
		e.Kind = fault.PlainToTLS
		e.Hint = "choose HTTPS on the client"
	case code == statusUnauthorized || code == statusForbidden || code == statusProxyLogin:
		e.Kind = fault.Auth
		e.Hint = "the proxy in front of the server does not accept this user or token (ECF_AUTHTOKENS)"
	case code >= 300 && code < 400:
		e.Kind = fault.Protocol
		if to, err := url.Parse(resp.header.Get("Location")); err == nil && *to != (url.URL{}) {
			e.Hint = "redirects are not followed; the server points to " + to.Redacted()
		}
	case code == statusBadGateway || code == statusUnavailable || code == statusGatewayExpiry:
		e.Kind = fault.Connect
		e.Hint = "the proxy cannot reach the ecFlow server behind it"
	default:
		e.Kind = fault.Protocol
		e.Hint = "an ecFlow server answers " + httpPath + " with 200 only: check host, port and proxy"
	}
	return e
}

// errorPage is the beginning of a text that came with an error status, on one
// line, without the credentials should they be echoed.
func (x *exchange) errorPage(resp *httpReply, body []byte) string {
	kind := resp.header.Get("Content-Type")
	if kind != "" && !strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "json") {
		return ""
	}
	text := string(body)
	secret := x.cfg.HTTP.Authorization
	if _, after, found := strings.Cut(secret, " "); found {
		secret = after
	}
	if secret != "" && strings.Contains(text, secret) {
		return ""
	}
	return printable(text)
}
