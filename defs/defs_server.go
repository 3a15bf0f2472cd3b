package defs

import "slices"

// serverData is what a definition knows of the server it is on, or would be on.
type serverData struct {
	state    SState
	user     []Variable
	internal []Variable
}

const defaultPort = "3141"

// serverDefaults are the variables of a definition that no server has yet. The
// original puts the name of the computer before those that begin with a dot; see [Defs.SetServerHost].
//
// source: libs/node ServerState.cpp.
func serverDefaults(host, port string) []Variable {
	file := host + "." + port
	return []Variable{
		{"ECF_MICRO", "%"}, {"ECF_HOME", "."},
		{"ECF_JOB_CMD", "%ECF_JOB% 1> %ECF_JOBOUT% 2>&1"},
		{"ECF_KILL_CMD", "kill -15 %ECF_RID%"},
		{"ECF_STATUS_CMD", "ps --pid %ECF_RID% -f > %ECF_JOB%.stat 2>&1"},
		{"ECF_URL_CMD", "${BROWSER:=firefox} -new-tab %ECF_URL_BASE%/%ECF_URL%"},
		{"ECF_URL_BASE", "https://confluence.ecmwf.int"},
		{"ECF_URL", "display/ECFLOW/ecflow+home"},
		{"ECF_LOG", file + ".ecf.log"},
		{"ECF_INTERVAL", "60"},
		{"ECF_LISTS", file + ".ecf.lists"},
		{"ECF_PASSWD", file + ".ECF_PASSWD"},
		{"ECF_CUSTOM_PASSWD", file + ".ECF_CUSTOM_PASSWD"},
		{"ECF_CHECK", file + ".ecf.check"},
		{"ECF_CHECKOLD", file + ".ecf.check.b"},
		{"ECF_CHECKINTERVAL", "120"}, {"ECF_CHECKMODE", "CHECK_ON_TIME"}, {"ECF_TRIES", "2"},
		{"ECF_VERSION", oracleVersion}, {"ECF_PORT", port}, {"ECF_HOST", "localhost"},
	}
}

// oracleVersion is the version of the original whose text and behaviour the tree has.
const oracleVersion = "5.19.0"

func (s *serverData) init(port string) {
	s.state = Running
	s.internal = serverDefaults("localhost", port)
}

// SetServerHost gives the default server variables that name files the name of
// this computer, as the original does; the package does not ask the system itself.
func (d *Defs) SetServerHost(host string) {
	port, _ := lookup(d.server.internal, "ECF_PORT")
	d.server.internal = serverDefaults(host, port)
	d.revision++
}

// ServerState is the state of the server.
func (d *Defs) ServerState() SState { return d.server.state }

// SetServerState sets it.
func (d *Defs) SetServerState(s SState) { d.server.state = s; d.noteOwn(AspectServerState) }

// UserVariables are those that users have added to the server.
func (d *Defs) UserVariables() []Variable { return d.server.user }

// ServerVariables are those that the server itself has.
func (d *Defs) ServerVariables() []Variable { return d.server.internal }

// AddVariable adds a user variable to the definition, or changes its value.
func (d *Defs) AddVariable(v Variable) {
	d.server.user = setVariable(d.server.user, v)
	d.noteOwn(AspectUserVariables)
}

// DeleteVariable deletes a user variable; all of them for an empty name. It is no error when there is none.
func (d *Defs) DeleteVariable(name string) {
	if name == "" {
		d.server.user = nil
	} else if i := variableAt(d.server.user, name); i >= 0 {
		d.server.user = slices.Delete(d.server.user, i, i+1)
	} else {
		return
	}
	d.noteOwn(AspectUserVariables)
}

// SetUserVariables replaces all user variables.
func (d *Defs) SetUserVariables(vars []Variable) {
	d.server.user = slices.Clone(vars)
	d.noteOwn(AspectUserVariables)
}

// SetServerVariables replaces the server's own variables.
func (d *Defs) SetServerVariables(vars []Variable) {
	d.server.internal = slices.Clone(vars)
	d.revision++
}

// SetServerVariable adds one of the server's own variables, or changes its value.
func (d *Defs) SetServerVariable(v Variable) {
	d.server.internal = setVariable(d.server.internal, v)
	d.revision++
}

// Variable finds a variable of the definition: the user's first, then the server's.
func (d *Defs) Variable(name string) (string, bool) {
	if value, ok := lookup(d.server.user, name); ok {
		return value, true
	}
	return lookup(d.server.internal, name)
}

func variableAt(vars []Variable, name string) int {
	for i := range vars {
		if vars[i].Name == name {
			return i
		}
	}
	return -1
}

func lookup(vars []Variable, name string) (string, bool) {
	if i := variableAt(vars, name); i >= 0 {
		return vars[i].Value, true
	}
	return "", false
}

func setVariable(vars []Variable, v Variable) []Variable {
	if i := variableAt(vars, v.Name); i >= 0 {
		vars[i].Value = v.Value
		return vars
	}
	return append(vars, v)
}

// compareFold is the original's order of names when sorting: letters count as capitals.
func compareFold(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if x, y := capital(a[i]), capital(b[i]); x != y {
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

func capital(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
