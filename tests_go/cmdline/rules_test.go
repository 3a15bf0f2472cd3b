package cmdline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A rule is a meant difference: what ours does otherwise than 5.19.0, and why. applies is narrow: it
// says what stays equal. docs/compat-cli.md tells of each by its name.
type rule struct {
	name, reason string
	applies      func(original, ours *Line) bool
}

const caught = "ecflow_client: Caught exception whilst parsing arguments:\n"

var rules = []rule{
	{"version", "the one line names this program's version and parts; its beginning is equal", func(original, ours *Line) bool {
		const begin = "Ecflow version(5.19.0) "
		return sameButOut(original, ours) && strings.HasPrefix(string(original.Out), begin) && strings.HasPrefix(string(ours.Out), begin)
	}},
	{"help", "the words of help pages are our own, and a topic that is none gets a guess", func(original, ours *Line) bool {
		more, guessed := strings.CutPrefix(string(ours.Out), string(original.Out))
		return sameButOut(original, ours) && (guessed && strings.HasPrefix(more, "Did you mean --help=") ||
			strings.Contains(string(original.Out), "ecflow_client --help=summary") && strings.Contains(string(ours.Out), "ecflow_client --help=summary") ||
			title(original.Out) == title(ours.Out) && strings.HasPrefix(title(ours.Out), "\n"))
	}},
	{"debug", "what --debug tells goes to the standard error, without the job's password", func(original, ours *Line) bool {
		return original.Exit == ours.Exit && sameRequests(original, ours) && strings.HasPrefix(string(original.Out), "ClientEnvironment:") &&
			!strings.Contains(string(ours.Out), "ClientEnvironment:") && !strings.Contains(string(ours.Err), "secret")
	}},
	{"no command", "the error does not begin with a dump of the option parser's table", func(original, ours *Line) bool {
		return refusedBoth(original, ours) && strings.HasPrefix(string(original.Err), caught+"boost::program_options::variables_map:") &&
			string(ours.Err) == caught+"ClientOptions::parse: Arguments did not match any commands."
	}},
	{"assertion", "where the original dies of a failed assertion: blanks between the semicolons of a group are nothing, and what is no command is an error", func(original, ours *Line) bool {
		return original.Exit == 134 && strings.Contains(string(original.Err), "Assertion `") && (ours.Exit == 0 || ours.Exit == 1 && ours.Err != "")
	}},
	{"question", "all of a group is read before a person is asked about its first command, and the files it names after that", func(original, ours *Line) bool {
		const asks = "Are you sure"
		return refusedBoth(original, ours) && (original.Err == "" && strings.HasPrefix(string(original.Out), asks) && ours.Err != "" ||
			ours.Err == "" && strings.HasPrefix(string(ours.Out), asks) && original.Err != "")
	}},
	{"several mistakes", "of several mistakes in one line another one may be told", func(original, ours *Line) bool {
		return refusedBoth(original, ours) && original.Out == ours.Out && strings.HasPrefix(string(original.Err), caught) && strings.HasPrefix(string(ours.Err), caught) &&
			slices.ContainsFunc(original.Args, func(a Bytes) bool {
				return strings.HasPrefix(string(a), "--group=") || a == "--add"
			})
	}},
	{"version first", "an alter that servers before 5.13 or 5.14 ignore in silence: the server is asked for its version first", func(original, ours *Line) bool {
		return len(ours.Requests) == len(original.Requests)+1 && sameRequests(original, ours) &&
			original.Exit == ours.Exit && original.Out == ours.Out && original.Err == ours.Err
	}},
	{"label without a name", "refused here, since a server only logs that there is no such label", func(original, ours *Line) bool {
		return original.Exit == 0 && len(ours.Requests) == 0 && string(ours.Err) == caught+"Label name not set"
	}},
	{"meter's name", "refused here, since a server's definition with such a name cannot be read back", func(original, ours *Line) bool {
		return original.Exit == 0 && len(ours.Requests) == 0 && strings.Contains(string(ours.Err), "Error: Meter::Meter: Invalid Meter name: ")
	}},
	{"full sync of a handle", "refused here: a server that does not know the handle dies of it", func(original, ours *Line) bool {
		return original.Exit == 0 && len(ours.Requests) == 0 && strings.HasPrefix(string(ours.Err), caught+"a full sync with handle ")
	}},
	{"empty time", "refused here: a server that is sent it dies of a failed assertion", func(original, ours *Line) bool {
		return original.Exit == 0 && len(ours.Requests) == 0 && string(ours.Err) == caught+"TimeSeries::create: Invalid time series :"
	}},
	{"negative handle", "a handle or change number of news and sync that is negative, or above 2147483647, keeps its bits; no server has such", func(original, ours *Line) bool {
		return original.Exit == ours.Exit && len(ours.Requests) == 1 && len(original.Requests) == 1 &&
			string(original.Requests[0]) == unsigned.ReplaceAllStringFunc(string(ours.Requests[0]), func(text string) string {
				field, number, _ := strings.Cut(text, ": ")
				n, _ := strconv.ParseUint(number, 10, 32)
				return field + ": " + strconv.Itoa(int(int32(n)))
			})
	}},
	{"query of a task that is no path", "what ECF_NAME holds is not looked at by a query, which only logs it", func(original, ours *Line) bool {
		return ours.Exit == 0 && string(original.Err) == caught+"QueryCmd: invalid path to task: s/t"
	}},
}

// sameRequests reports whether ours sends what the original does, apart from a question for the server's version.
func sameRequests(original, ours *Line) bool {
	sent := ours.Requests
	if len(sent) > len(original.Requests) && len(sent) > 1 && strings.Contains(string(sent[0]), `"ServerVersionCmd"`) {
		sent = sent[1:]
	}
	return slices.Equal(original.Requests, sent)
}

func sameButOut(a, b *Line) bool {
	return a.Exit == b.Exit && a.Err == b.Err && sameRequests(a, b)
}

var unsigned = regexp.MustCompile(`client_[a-z_]+": [2-4][0-9]{9}\b`)

// title is the first two lines of a page: an empty one, and what it is about.
func title(page Bytes) string {
	lines := strings.SplitAfterN(string(page), "\n", 3)
	return strings.Join(lines[:min(2, len(lines))], "")
}

// refusedBoth: nothing was sent, and both ended with 1.
func refusedBoth(a, b *Line) bool {
	return a.Exit == 1 && b.Exit == 1 && len(a.Requests) == 0 && len(b.Requests) == 0
}
