// Package realserver starts original ecFlow servers for tests, and always ends
// them.
//
// An [Installation] is one original ecFlow: the packages of this machine, or a
// Debian root made by scripts/roots.sh. The programs of a root run in place,
// through the root's own dynamic linker: no chroot, no privilege, and every path
// means the same to server, client and test.
//
//	server := realserver.Start(t, realserver.Selected(t), realserver.Config{TLS: realserver.ServerFiles})
//	c, err := client.New(server.Options())
//
// The environment variable ECFLOW_SERVER names the version, as "5.9.2", or a
// root's directory. A version that was asked for and is not here fails the test.
// tests_py/realserver.py is the same for Python.
package realserver
