package instance

import (
	"crypto/tls"
	"strconv"

	"github.com/ecflow-go/ecflow/internal/certs"
)

// secure gives the configuration of TLS, if TLS is wanted, and lets the settings show which files it is of. Files that
// are named for HOST.PORT need a port that is known beforehand.
func (c Config) secure() (*tls.Config, error) {
	set := c.Settings
	if c.TLS != nil || !set.TLS.Wanted {
		return c.TLS, nil
	}
	files, shown, err := certs.Choose(certs.Choice{
		Dir: set.TLS.Dir, Host: set.Host, Port: strconv.Itoa(set.Port), Value: set.TLS.Value, ByOption: set.TLS.ByOption,
	})
	if err != nil {
		return nil, err
	}
	set.SSL = shown
	return certs.ServerTLS(files)
}
