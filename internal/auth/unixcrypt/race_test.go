//go:build race

package unixcrypt

func init() { underRace = true }
