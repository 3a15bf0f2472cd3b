package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ecflow-go/ecflow/internal/instance"
	"github.com/ecflow-go/ecflow/internal/settings"
)

func main() {
	host, _ := os.Hostname()
	dir, _ := os.Getwd()
	s, err := settings.Read(settings.Given{Args: os.Args[1:], PID: os.Getpid(), Env: os.LookupEnv, Host: host, Dir: dir})
	if err == nil {
		err = s.Check()
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	_ = os.Chdir(s.HomeDir())
	i, err := instance.Start(context.Background(), instance.Config{Settings: s})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	<-i.Done()
}
