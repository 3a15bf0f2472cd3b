package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/version"
)

// noNode is a path that no node can have, as its name is none.
const noNode = "/ecflow doctor: may this user write?"

// access asks as the user, which is when a server looks at name and password. It asks for the
// version: a ping is answered to anybody by newer servers.
func (e *examination) access() {
	if e.stopped || e.who == "" {
		e.stopped = true
		e.skip(checkAccess, "nothing was asked, because of what is above")
		return
	}
	o := e.o
	o.Protocol = client.Protocol(e.mode)
	o.Attempts, o.RetryPeriod, o.StepTimeout, o.ConnectTimeout = 1, -1, e.limit, 0
	o.AutoSync, o.Debug, o.Notify = false, false, nil
	c, err := client.New(o)
	if err == nil {
		e.client = c
		err = e.ask(func(ctx context.Context) (err error) {
			e.theirs, err = c.ServerVersion(ctx)
			return err
		})
	}
	switch {
	case err == nil:
		e.ok(checkAccess, "the server answers %s", e.who)
	case errors.Is(err, fault.Auth):
		e.refused = true
		e.add(checkAccess, Problem, fmt.Sprintf("the server does not answer %s: %s", e.who, summary(err)), hint(err))
	default:
		e.stopped = true
		e.fail(checkAccess, err)
	}
}

// ask gives a request its share of time.
func (e *examination) ask(request func(ctx context.Context) error) error {
	ctx, done := e.step()
	defer done()
	return request(ctx)
}

// silent reports, in the place of a check, that it cannot be asked.
func (e *examination) silent(check string) bool {
	if e.stopped || e.refused {
		e.skip(check, "the server does not say")
		return true
	}
	return false
}

// writing asks for a change that cannot be made: a server refuses it for lack of permission
// before it sees that there is no such node.
func (e *examination) writing() {
	if e.silent(checkWriting) {
		return
	}
	err := e.ask(func(ctx context.Context) error { return e.client.Suspend(ctx, noNode) })
	switch {
	case err == nil || errors.Is(err, fault.Refused):
		e.ok(checkWriting, "%s may change suites", e.who)
	case errors.Is(err, fault.Auth):
		e.add(checkWriting, Warning, fmt.Sprintf("%s may look, but not change every suite: %s", e.who, summary(err)),
			"the server's white list (ECF_LISTS) has the name with a \"-\" before it, or for some paths only")
	default:
		e.fail(checkWriting, err)
	}
}

// version compares the server's with ours.
func (e *examination) version() {
	if e.silent(checkVersion) {
		return
	}
	told := fmt.Sprintf("server %s, client %s (as ecFlow %s)", e.theirs, version.Number(), version.EcFlow)
	server, ours := numbers(e.theirs), numbers(version.EcFlow)
	switch {
	case len(server) < 2:
		e.add(checkVersion, Warning, told+": the server's version cannot be compared", "")
	case server[0] != ours[0]:
		e.add(checkVersion, Problem, told+": ecFlow "+strconv.Itoa(server[0])+" speaks another protocol", "use a client of its own release")
	case slices.Compare(server[:2], ours[:2]) > 0:
		e.add(checkVersion, Warning, told+": the server is newer, and may send what this client does not know", "a newer release of this client may be there")
	default:
		e.ok(checkVersion, "%s", told)
	}
}

// numbers are those of a version.
func numbers(text string) []int {
	var found []int
	for _, part := range strings.Split(text, ".") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return nil
		}
		found = append(found, n)
	}
	return found
}

// state asks whether the server runs jobs.
func (e *examination) state() {
	if e.silent(checkState) {
		return
	}
	var stats *client.ServerStats
	err := e.ask(func(ctx context.Context) (err error) {
		stats, err = e.client.ServerStats(ctx)
		return err
	})
	if err != nil || stats == nil {
		if err == nil {
			err = errors.New("the server says nothing of itself")
		}
		e.fail(checkState, err)
		return
	}
	told := fmt.Sprintf("%v on %s, %d suites, up since %s UTC", stats.Status, stats.Host, stats.NoOfSuites, stats.UpSince)
	switch {
	case stats.LockedByUser != "":
		e.add(checkState, Warning, told+", locked by "+stats.LockedByUser, "")
	case fmt.Sprint(stats.Status) == "HALTED":
		e.add(checkState, Warning, told+": no job starts, and those that run wait", "ecflow_client --restart")
	case fmt.Sprint(stats.Status) == "SHUTDOWN":
		e.add(checkState, Warning, told+": no job starts", "ecflow_client --restart")
	default:
		e.ok(checkState, "%s", told)
	}
}

const (
	pings   = 5
	maxSkew = 5 * time.Second
)

// clock compares the server's clock with ours, by what it writes into its log on being asked for
// the log: local time, in whole seconds. Which time zone that is cannot be seen; zones
// differ by quarters of an hour.
func (e *examination) clock() {
	if e.silent(checkClock) {
		return
	}
	var line string
	err := e.ask(func(ctx context.Context) (err error) {
		line, err = e.client.Log(ctx, 1)
		return err
	})
	now := e.now()
	if err != nil {
		e.skip(checkClock, "the server's log cannot be read: %s", summary(err))
		return
	}
	theirs, found := logTime(line)
	if !found {
		e.skip(checkClock, "the server's log has no time")
		return
	}
	skew, zone := difference(theirs, now)
	zoned := "in the same time zone"
	if zone != 0 {
		zoned = fmt.Sprintf("in another time zone (%+.4g h)", zone.Hours())
	}
	if skew.Abs() > maxSkew {
		e.add(checkClock, Warning, fmt.Sprintf("the server's clock differs by %v, %s", skew, zoned),
			"have both machines' clocks set by NTP: times in suites and certificates are compared with them")
		return
	}
	e.ok(checkClock, "the server's clock agrees within %v, %s", maxSkew, zoned)
}

// logTime reads the time of a log's last line: MSG:[20:14:20 24.11.2026] --log=get 1 :fred@desk.
func logTime(text string) (time.Time, bool) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	_, after, _ := strings.Cut(lines[len(lines)-1], ":[")
	stamp, _, found := strings.Cut(after, "]")
	if !found {
		return time.Time{}, false
	}
	t, err := time.Parse("15:04:05 2.1.2006", stamp)
	return t, err == nil
}

// difference takes the server's wall clock and ours apart into what is wrong and whole
// quarters of an hour, which are time zones. The server's seconds are cut off.
func difference(theirs, now time.Time) (skew, zone time.Duration) {
	_, offset := now.Zone()
	ours := now.UTC().Add(time.Duration(offset) * time.Second)
	apart := theirs.Sub(ours.Truncate(time.Second))
	zone = apart.Round(15 * time.Minute)
	return apart - zone, zone
}

// roundTrip times some pings.
func (e *examination) roundTrip() {
	if e.silent(checkRoundTrip) {
		return
	}
	var took []time.Duration
	for range pings {
		start := time.Now()
		if err := e.ask(func(ctx context.Context) error { return e.client.Ping(ctx) }); err != nil {
			e.fail(checkRoundTrip, err)
			return
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	told := fmt.Sprintf("%v at best, %v median of %d pings, connecting included", rounded(took[0]), rounded(took[pings/2]), pings)
	if took[pings/2] > slow {
		e.add(checkRoundTrip, Warning, told, "the server is busy or far: its log counts requests (ecflow_client --server_load)")
		return
	}
	e.ok(checkRoundTrip, "%s", told)
}
