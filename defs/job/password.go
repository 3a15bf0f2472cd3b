package job

import "crypto/rand"

const passwordBytes = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const (
	passwordSize = 8
	blot         = "********" // in place of passwords in messages
)

// Password is a new password for a job: eight random characters of 64.
func Password() string {
	var b [passwordSize]byte
	_, _ = rand.Read(b[:]) // never fails
	for i := range b {
		b[i] = passwordBytes[b[i]%byte(len(passwordBytes))]
	}
	return string(b[:])
}
