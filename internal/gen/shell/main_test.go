package main

import (
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
)

func TestGeneratedFiles_areWhatTheTableSays(t *testing.T) {
	require.NoError(t, run("../../..", true))
}

func TestClientPage_tellsAboutEveryOption(t *testing.T) {
	page := clientPage()
	for _, name := range command.HelpNames() {
		require.Contains(t, page, "\n.SS "+escape.Replace("--"+name)+"\n")
	}
	for _, v := range append(command.EnvironmentForAll(), command.EnvironmentForTasks()...) {
		require.Contains(t, page, `\fB`+v.Name+`\fR`)
	}
	for _, name := range command.HelpItemNames() {
		require.Contains(t, definitionPage(), "\n.SS "+name+"\n")
	}
}

// Text never turns into a request to roff.
func TestPages_areGoodRoff(t *testing.T) {
	pages := ecflowPages()
	pages["ecflow_client.1"], pages["ecflow_definition.5"] = clientPage(), definitionPage()
	pages["ecflow_server.1"] = serverPage()
	request := regexp.MustCompile(`^\.(\\"|TH|SH|SS|PP|TP|RS|RE|nf|fi)( |$)`)
	_, missing := exec.LookPath("groff")
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		for line := range strings.SplitSeq(pages[name], "\n") {
			if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
				require.Regexp(t, request, line, name)
			}
		}
		if missing == nil {
			cmd := exec.Command("groff", "-ww", "-man", "-Tutf8", "-Wbreak")
			cmd.Stdin = strings.NewReader(pages[name])
			var complaints strings.Builder
			cmd.Stderr = &complaints
			require.NoError(t, cmd.Run(), name)
			require.Empty(t, complaints.String(), name)
		}
	}
	r := &roff{}
	r.paragraphs(".so /etc/passwd\n'br\na \\ b\n .x\n\nend")
	require.Equal(t, ".PP\n\\&.so /etc/passwd\n.PP\n\\&'br\n.PP\na \\e b\n.PP\n.RS 4\n.nf\n .x\n.fi\n.RE\n.PP\nend\n", r.String())
}
