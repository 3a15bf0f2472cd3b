package cli

import "github.com/ecflow-go/ecflow/internal/version"

func helpText(topic string, width int) (string, error) { return "", nil }

func versionText() string {
	return "Ecflow version(" + version.EcFlow + ") ecflow-go(" + version.Number() + ")\n"
}
