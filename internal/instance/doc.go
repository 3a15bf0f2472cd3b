// Package instance is one server, its rooms put together: what it starts with
// comes as [settings.Settings], and what it needs of the process in [Config].
//
//	s, err := instance.Start(ctx, instance.Config{Settings: settings})
//	<-s.Done()
//
// It prints nothing and reads no environment. Programs and the library server are
// faces of it.
package instance
