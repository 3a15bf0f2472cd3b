package client

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// refusal makes an error of what a server answered; nil if it did not refuse.
func refusal(reply wire.Reply) *fault.Error {
	switch r := reply.(type) {
	case *wire.ErrorCmd:
		return refused([]string{r.ErrorMsg})
	case *wire.StcCmd:
		if r.API != wire.StcOK && r.API != wire.StcDeleteAll {
			return fault.New(fault.Protocol, fmt.Sprintf("the server answered with number %d, which means nothing here", r.API))
		}
	case *wire.GroupSTCCmd:
		var texts []string
		collectErrors(r, &texts, 0)
		if len(texts) > 0 {
			return refused(texts)
		}
	}
	return nil
}

const deepestGroup = 100

func collectErrors(group *wire.GroupSTCCmd, texts *[]string, depth int) {
	for _, member := range group.Commands {
		switch r := member.(type) {
		case *wire.ErrorCmd:
			*texts = append(*texts, r.ErrorMsg)
		case *wire.GroupSTCCmd:
			if depth < deepestGroup {
				collectErrors(r, texts, depth+1)
			}
		}
	}
}

func refused(texts []string) *fault.Error {
	e := &fault.Error{Kind: kindOfRefusal(texts[0]), Server: strings.TrimRight(strings.Join(texts, "\n"), "\n")}
	if len(texts) > 1 {
		e.Err = refusals(texts)
	}
	if e.Kind == fault.Auth {
		e.Hint = authHint
	}
	return e
}

const authHint = "the server checks users against its white list (ECF_LISTS) and password files (ECF_PASSWD, ECF_CUSTOM_PASSWD);\n" +
	"this client takes passwords from the files that its ECF_PASSWD or, for a custom user, ECF_CUSTOM_PASSWD name.\n" +
	"A server without password file refuses users who send a password."

// kindOfRefusal tells refusals of a user or a permission from other ones, in
// the words of all server versions.
func kindOfRefusal(text string) fault.Kind {
	switch {
	case strings.Contains(text, "set to FAIL via zombie setting"): // begins as a refused user does
		return fault.Refused
	case strings.Contains(text, "[ authentication failed ]"), // up to 5.13
		strings.HasPrefix(text, "Command not accepted, due to: "): // from 5.14
		return fault.Auth
	case strings.Contains(text, "replied with: Invalid argument"), strings.Contains(text, "replied with: End of file"):
		return fault.Protocol
	}
	return fault.Refused
}

// outcomeOf says what a reply means for repeating the request.
func outcomeOf(reply wire.Reply) outcome {
	switch r := reply.(type) {
	case *wire.BlockClientZombieCmd:
		return zombie
	case *wire.StcCmd:
		switch r.API {
		case wire.StcBlockClientServerHalted:
			return halted
		case wire.StcBlockClientOnHomeServer:
			return notYet
		}
	}
	return settled
}
