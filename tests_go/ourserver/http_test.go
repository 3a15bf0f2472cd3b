package ourserver

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/server"
)

// TestHTTP_whoTheProxySaysItIs compares with what 5.19.0 answers, seen once; where it differs that is said.
func TestHTTP_whoTheProxySaysItIs(t *testing.T) {
	home := t.TempDir()
	name, err := os.Hostname()
	require.NoError(t, err)
	s, err := server.Start(context.Background(), server.Options{Home: home, Protocol: server.HTTP})
	require.NoError(t, err)
	port := strconv.Itoa(s.Port())
	require.NoError(t, s.Close(context.Background()))
	file := filepath.Join(home, "passwd")
	require.NoError(t, os.WriteFile(file, []byte("4.5.0\nfred "+name+" "+port+" secret\n"), 0o600))
	s, err = server.Start(context.Background(), server.Options{Home: home, Protocol: server.HTTP, PasswordFile: file, Address: "127.0.0.1:" + port})
	require.NoError(t, err)
	defer func() { _ = s.Close(context.Background()) }()

	token, err := auth.Crypt("fred", "secret")
	require.NoError(t, err)
	const user, password, authorization = "X-Auth-Username", "X-Auth-Password", "Authorization"
	for _, c := range []struct {
		name    string
		header  map[string]string
		user    string // in the request
		token   string
		custom  bool
		refused string // the user that the refusal names; "": accepted
	}{
		{name: "nobody says", user: "fred", refused: "fred"},
		{name: "request", user: "fred", token: token},
		{name: "header without password", header: map[string]string{user: "fred"}, user: "mary", refused: "fred"},
		{name: "header without password, request with", header: map[string]string{user: "fred"}, user: "fred", token: token, refused: "fred"},
		{name: "header", header: map[string]string{user: "fred", password: token}, user: "mary"},
		{name: "header, wrong password", header: map[string]string{user: "fred", password: "x"}, user: "fred", token: token, refused: "fred"},
		{name: "header, checked", header: map[string]string{user: "mary", authorization: "Bearer x"}, user: "fred"},
		{name: "checked, but nobody named", header: map[string]string{authorization: "Bearer x"}, user: "fred", refused: "fred"},
		{name: "password alone", header: map[string]string{password: token}, user: "fred", token: token, refused: "-"},
		{name: "custom in the request", header: map[string]string{user: "fred", password: token}, user: "fred", custom: true},
		{name: "nobody, checked", header: map[string]string{user: "", authorization: "x"}, user: "fred", token: token, refused: "-"}, // the original lets in
	} {
		t.Run(c.name, func(t *testing.T) {
			fields, _ := json.Marshal(map[string]int{"api_": int(wire.CtsSuites)})
			payload := body("CtsCmd", fields, c.user)
			if c.token != "" {
				payload = bytes.Replace(payload, []byte(`"user_":"`+c.user+`"`), []byte(`"user_":"`+c.user+`","pswd_":"`+c.token+`"`), 1)
			}
			if c.custom {
				payload = bytes.Replace(payload, []byte(`"user_":"`+c.user+`"`), []byte(`"user_":"`+c.user+`","cu_":true`), 1)
			}
			request, err := http.NewRequest(http.MethodPost, "http://127.0.0.1:"+port+"/v1/ecflow", bytes.NewReader(payload))
			require.NoError(t, err)
			for name, value := range c.header {
				request.Header.Set(name, value)
			}
			answer, err := http.DefaultClient.Do(request)
			require.NoError(t, err)
			defer answer.Body.Close()
			text, err := io.ReadAll(answer.Body)
			require.NoError(t, err)
			reply, err := wire.DecodeReply(text)
			require.NoError(t, err)
			failed, refused := reply.(*wire.ErrorCmd)
			require.Equal(t, c.refused != "", refused, "%v", reply)
			if refused {
				named := c.refused
				if named == "-" {
					named = ""
				}
				require.Equal(t, "Command not accepted, due to: Authentication (user) failed, due to: Incorrect credentials detected ["+named+"]", failed.ErrorMsg)
			}
		})
	}
}
