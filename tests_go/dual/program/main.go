// Command program is a stand-in until cmd/ecflow_server is here.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ecflow-go/ecflow/server"
)

func main() {
	h, _ := os.Hostname()
	f := func(kind string) string { return h + "." + os.Getenv("ECF_PORT") + ".ecf." + kind }
	s, err := server.Start(context.Background(), server.Options{Address: "0.0.0.0:" + os.Getenv("ECF_PORT"), Home: os.Getenv("ECF_HOME"),
		PasswordFile: f("passwd"), CustomPasswordFile: f("custom_passwd"), WhiteList: f("lists")})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	<-s.Done()
}
