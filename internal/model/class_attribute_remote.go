package model

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
)

// mirrorDefaultPath is the remote path where none is given.
const mirrorDefaultPath = "%ECF_MIRROR_REMOTE_PATH%"

func avisoClass() Class {
	type aviso = defs.AvisoAttr
	return Class{Name: "AvisoAttr", Type: (*aviso)(nil),
		Doc: "Makes a task wait for a notification of an Aviso server.\n\n" +
			"What is not given is taken from variables of the node: %ECF_AVISO_URL%, ...\n\n" +
			">>> a = ecflow.AvisoAttr('a', '{\"event\": \"mars\"}', polling='60')\n>>> a.url(), a.polling()\n" +
			"('%ECF_AVISO_URL%', '60')\n\n" +
			"source: libs/node AvisoAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Describe what is waited for.\n\n" +
				"listener: the listener's configuration in JSON; single quotes are put around it where there are none.\n" +
				"url: of the server. schema: path of the schema. polling: seconds between two questions, as text.\n" +
				"auth: path of the file with credentials.\n\n" +
				"RuntimeError for a name that cannot be one.", Forms: []Form{
				create("() -> AvisoAttr", func(*Args) (any, error) { return &aviso{}, nil }),
				create("(name: str, listener: str, url: str = '%ECF_AVISO_URL%', schema: str = '%ECF_AVISO_SCHEMA%', "+
					"polling: str = '%ECF_AVISO_POLLING%', auth: str = '%ECF_AVISO_AUTH%') -> AvisoAttr", func(a *Args) (any, error) {
					v, err := defs.NewAvisoAttr(aviso{
						Name: a.Str(0), Listener: a.Str(1), URL: a.StrOr(2, defs.AvisoDefaultURL), Schema: a.StrOr(3, defs.AvisoDefaultSchema),
						Polling: a.StrOr(4, defs.AvisoDefaultPolling), Auth: a.StrOr(5, defs.AvisoDefaultAuth),
					})
					return &v, err
				}),
			}},
			getter("name", "str", "The name.", func(v *aviso) any { return v.Name }),
			getter("listener", "str", "The listener's configuration, in single quotes.", func(v *aviso) any { return v.Listener }),
			getter("url", "str", "The server.", func(v *aviso) any { return v.URL }),
			getter("schema", "str", "Path of the schema.", func(v *aviso) any { return v.Schema }),
			getter("polling", "str", "Seconds between two questions, as text.", func(v *aviso) any { return v.Polling }),
			getter("auth", "str", "Path of the file with credentials.", func(v *aviso) any { return v.Auth }),
		}, traits[aviso]{
			text: func(v *aviso) string {
				return fmt.Sprintf("AvisoAttr(name=%s, listener=%s, url=%s, schema=%s, polling=%s, revision=%d, auth=%s, reason=%s)",
					v.Name, v.Listener, v.URL, v.Schema, v.Polling, v.Revision, v.Auth, v.Reason)
			},
			equal: same[aviso], clone: copied[aviso],
		}.members("AvisoAttr"))}
}

func mirrorClass() Class {
	type mirror = defs.MirrorAttr
	return Class{Name: "MirrorAttr", Type: (*mirror)(nil),
		Doc: "Makes a task follow the state of a node of another server.\n\n" +
			"What is not given is taken from variables of the node: %ECF_MIRROR_REMOTE_HOST%, ...\n\n" +
			">>> m = ecflow.MirrorAttr('m', '/s/f/t', 'otherhost', '3141')\n>>> m.remote_path(), m.remote_host(), m.ssl()\n('/s/f/t', 'otherhost', False)\n\n" +
			"source: libs/node MirrorAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Describe what is followed.\n\n" +
				"remote_path: the node's path there. polling: seconds between two questions, as text.\n" +
				"ssl: speak TLS. auth: path of the file with credentials.\n" +
				"propagate: the state counts for the nodes above, too; servers before 5.19 do not know it.\n\n" +
				"RuntimeError for a name that cannot be one.", Forms: []Form{
				create("() -> MirrorAttr", func(*Args) (any, error) { return &mirror{}, nil }),
				create("(name: str, remote_path: str = '"+mirrorDefaultPath+"', remote_host: str = '%ECF_MIRROR_REMOTE_HOST%', "+
					"remote_port: str = '%ECF_MIRROR_REMOTE_PORT%', polling: str = '%ECF_MIRROR_REMOTE_POLLING%', ssl: bool = False, "+
					"auth: str = '%ECF_MIRROR_REMOTE_AUTH%', propagate: bool = False) -> MirrorAttr", func(a *Args) (any, error) {
					v, err := defs.NewMirrorAttr(mirror{
						Name: a.Str(0), RemotePath: a.StrOr(1, mirrorDefaultPath), RemoteHost: a.StrOr(2, defs.MirrorDefaultHost),
						RemotePort: a.StrOr(3, defs.MirrorDefaultPort), Polling: a.StrOr(4, defs.MirrorDefaultPolling), SSL: a.Bool(5),
						Auth: a.StrOr(6, defs.MirrorDefaultAuth), Propagate: a.Bool(7),
					})
					return &v, err
				}),
			}},
			getter("name", "str", "The name.", func(v *mirror) any { return v.Name }),
			getter("remote_path", "str", "The path of the node on the other server.", func(v *mirror) any { return v.RemotePath }),
			getter("remote_host", "str", "The other server's host.", func(v *mirror) any { return v.RemoteHost }),
			getter("remote_port", "str", "The other server's port.", func(v *mirror) any { return v.RemotePort }),
			getter("polling", "str", "Seconds between two questions, as text.", func(v *mirror) any { return v.Polling }),
			getter("ssl", "bool", "True if the other server is spoken to over TLS.", func(v *mirror) any { return v.SSL }),
			getter("auth", "str", "Path of the file with credentials.", func(v *mirror) any { return v.Auth }),
			getter("propagate", "bool", "True if the state counts for the nodes above, too.", func(v *mirror) any { return v.Propagate }),
		}, traits[mirror]{
			text: func(v *mirror) string {
				return fmt.Sprintf("MirrorAttr(name=%s, remote_path=%s, remote_host=%s, remote_port=%s, polling=%s, ssl=%d, propagate=%d, auth=%s, reason=%s)",
					v.Name, v.RemotePath, v.RemoteHost, v.RemotePort, v.Polling, digit(v.SSL), digit(v.Propagate), v.Auth, v.Reason)
			},
			equal: same[mirror], clone: copied[mirror],
		}.members("MirrorAttr"))}
}

func digit(b bool) int {
	if b {
		return 1
	}
	return 0
}
