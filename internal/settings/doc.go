// Package settings is what a server starts with: its port, its directory, the names of its files, its intervals, and
// the server variables that come of them.
//
//	s, err := settings.Read(settings.Given{Args: os.Args[1:], Env: os.LookupEnv, Dir: dir, Host: host, PID: pid})
//	if err == nil && !s.Help && !s.ShowVersion {
//		err = s.Check()
//	}
//
// Options win over the environment, and that over the file server_environment.cfg, as with the original. Errors begin
// with the original's words; what makes the original end on an assertion is refused with a clear line.
//
// The room reads that one file, and looks whether the home directory is there. It opens no other file, reads no
// environment, and prints nothing.
package settings
