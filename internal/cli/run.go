package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/cliargs"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// name is what the program calls itself in its messages.
const name = "ecflow_client"

// Run is the program: args are those after its name. It returns the exit code.
func Run(ctx context.Context, t *terminal.Terminal, args []string) int {
	p := &program{ctx: ctx, t: t, args: args}
	code := p.run()
	if signal := terminal.ExitCode(ctx); signal != 0 && code != 0 {
		return signal
	}
	return code
}

// program is one call of ecflow_client.
type program struct {
	ctx  context.Context
	t    *terminal.Terminal
	args []string

	json  bool // --output json
	debug bool // --debug, or the environment asks for it

	command string // that was chosen, for messages
	server  string
	printed strings.Builder // what the original prints on the way, kept for JSON
}

// errDeclined: the person said no, which the original answers with silence and exit code 1.
var errDeclined = errors.New("not confirmed")

func (p *program) run() int {
	if _, off := p.t.Env("NO_ECF"); off {
		p.print("NO_ECF\n")
		return 0
	}
	line, err := cliargs.Parse(p.args, command.Options())
	if err != nil {
		p.json = wantsJSON(p.args)
		return p.refuse(err)
	}
	if words, given := line.Get("output"); given {
		if len(words) != 1 || (words[0] != "json" && words[0] != "text") {
			return p.refuse(fault.New(fault.Argument, "the argument of '--output' must be json or text"))
		}
		p.json = words[0] == "json"
	}
	if topic, given := line.Get("help"); given {
		return p.help(strings.Join(topic, " "))
	}
	if _, given := line.Get("version"); given {
		p.tell("version", versionText())
		return 0
	}
	o, err := p.settings(line)
	if err != nil {
		return p.refuse(err)
	}
	row, words := command.Chosen(line)
	if row == nil {
		return p.refuse(p.noCommand())
	}
	p.command = row.Name
	return p.execute(o, row, words)
}

// wantsJSON reads the option from a line that cannot be understood otherwise.
func wantsJSON(args []string) bool {
	i := slices.Index(args, "--output")
	return slices.Contains(args, "--output=json") || (i >= 0 && i+1 < len(args) && args[i+1] == "json")
}

func (p *program) help(topic string) int {
	width := 0
	if p.t.OutIsTerminal && p.t.Width != nil {
		width = p.t.Width()
	}
	text, err := helpText(topic, width)
	if err != nil {
		return p.refuse(err)
	}
	p.tell("help", text)
	return 0
}

// tell prints what the program knows by itself.
func (p *program) tell(kind, text string) {
	if p.json {
		p.writeJSON(document{OK: true, Command: kind, Kind: "text", Result: strings.TrimRight(text, "\n")})
		return
	}
	p.print(text)
}

// showWhy writes why a node does not run.
func (p *program) showWhy(d *defs.Defs, path string) error {
	reasons, err := d.WhyNot(path)
	if err == nil {
		p.print(reasons + "\n")
	}
	return err
}

// execute carries out one command.
func (p *program) execute(o client.Options, row *command.Spec, words []string) int {
	if row.Name == "server_load" && len(words) > 0 && words[0] != "" {
		return p.failed(p.drawLoad(words[0], o))
	}
	a, err := row.Words(words)
	if err != nil {
		return p.refuse(err)
	}
	if err := p.confirm(row, a); err != nil {
		if errors.Is(err, errDeclined) {
			return 1
		}
		return p.refuse(err)
	}
	c, err := client.New(o)
	if err != nil {
		return p.refuse(err)
	}
	p.server = c.Host() + ":" + c.Port()
	start := time.Now()
	answer, err := c.Command(p.ctx, row.Name, a)
	took := time.Since(start)
	if answer != nil {
		if shown := p.show(c, row, a, answer, took, err == nil); err == nil {
			err = shown
		}
	}
	return p.failed(err)
}

// confirm asks a person before what cannot be undone.
func (p *program) confirm(row *command.Spec, a command.Args) error {
	if row.Name != "group" {
		return p.ask(command.Question(row, a))
	}
	text, _ := a["commands"].(string)
	members, err := command.ReadGroup(text)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := p.ask(command.Question(m.Row, m.Args)); err != nil {
			return err
		}
	}
	a["confirmed"] = true
	return nil
}

func (p *program) ask(question string) error {
	if question == "" {
		return nil
	}
	out := p.t.Out
	if p.json {
		out = p.t.Err
	}
	fmt.Fprint(out, question)
	reply, err := p.t.Line()
	if (err != nil && !errors.Is(err, io.EOF)) || reply == "" || (reply[0] != 'y' && reply[0] != 'Y') {
		return errDeclined
	}
	return nil
}

func (p *program) print(text string) { _, _ = io.WriteString(p.t.Out, text) }

// failed reports what went wrong after the arguments were understood; nil is success.
func (p *program) failed(err error) int {
	if err == nil {
		return 0
	}
	var e *fault.Error
	if errors.As(err, &e) && e.Addr == "" && e.Kind != fault.Cancelled {
		return p.refuse(err) // the original finds these while it reads the arguments
	}
	text := client.Text(err)
	if cause := context.Cause(p.ctx); e != nil && e.Kind == fault.Cancelled && cause != nil {
		text = fmt.Sprintf("%s: %s to %s: %v before an answer came; the server may not have heard of it", name, e.Op, e.Addr, cause)
	}
	p.complain(err, text)
	return 1
}

// refuse reports arguments or settings that make no sense, in the original's words.
func (p *program) refuse(err error) int {
	if len(p.args) == 0 {
		p.complain(err, name+": No options specified\nUsage: "+name+" [OPTION]...\nTry '"+name+" --help' for list of options\n")
		return 1
	}
	p.complain(err, name+": Caught exception whilst parsing arguments:\n"+withoutMethod(client.Text(err))+"\n"+p.echo()+"\n")
	return 1
}

// withoutMethod takes from a message the method's name that the original's modules, but not its program, put before it.
func withoutMethod(text string) string {
	if _, rest, found := strings.Cut(text, " failed:"); found && strings.HasPrefix(text, "ClientInvoker::") {
		return strings.TrimSpace(rest)
	}
	return text
}

// complain writes an error for whoever reads: a person, or a machine that asked for JSON.
func (p *program) complain(err error, text string) {
	if p.json {
		p.writeJSON(failure(p, err))
		return
	}
	fmt.Fprintln(p.t.Err, strings.TrimRight(text, "\n"))
}

// echo repeats the command line as the original does, without a password.
func (p *program) echo() string {
	var b strings.Builder
	fmt.Fprintf(&b, "argc=%d, argv=[%s", len(p.args)+1, name)
	hide := false
	for _, arg := range p.args {
		shown := arg
		switch option, _, assigned := strings.Cut(arg, "="); {
		case hide:
			shown, hide = "***", false
		case len(option) > 3 && strings.HasPrefix("--password", option):
			if hide = !assigned; assigned {
				shown = option + "=***"
			}
		}
		b.WriteString(`, "` + shown + `"`)
	}
	return b.String() + "]"
}

// noCommand is the error for a line without any command. The original's text names all it has understood, password included.
func (p *program) noCommand() error {
	text := "ClientOptions::parse: Arguments did not match any commands.\n"
	for i, arg := range p.args {
		for _, c := range []byte(arg) {
			if c >= 0x80 {
				text += fmt.Sprintf("argument %d has characters beyond ASCII: check for a bad hyphen or quote, as word processors make them\n", i+1)
				break
			}
		}
	}
	return fault.New(fault.Argument, text+"Use --help to see all the available commands")
}
