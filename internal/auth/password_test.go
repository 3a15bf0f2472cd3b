package auth

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func TestCrypt(t *testing.T) {
	for _, c := range []struct{ user, plain, want string }{
		{"fred", "secret", "frrkUcE9qDkFs"}, // vectors of package unixcrypt
		{"j-doe", "secret", "*0"},
		{"*0", "secret", "*1"},
		{"averylongusername", "averylongpassword", "aveRAxpt56NG.3ODx8e4kfeYKH5lrlI2pYw"},
	} {
		got, err := Crypt(c.user, c.plain)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
}

func TestCrypt_refusedNames(t *testing.T) {
	_, err := Crypt("", "hushhush")
	require.ErrorIs(t, err, fault.Argument)
	for _, user := range []string{"$", "$1$abc", "$6$abc", "$x"} {
		_, err := Crypt(user, "hushhush")
		require.ErrorIs(t, err, fault.Unsupported)
		require.ErrorContains(t, err, fmt.Sprintf("%q", user))
		require.NotContains(t, err.Error(), "hush")
	}
}

func TestPasswordWarnings(t *testing.T) {
	const long = "averylongusername"
	for _, c := range []struct {
		user, plain string
		ids         []string
	}{
		{"fred", "hushhush", nil},
		{"fred", "", nil},
		{"fred", "hushhush9", []string{WarnTruncated}},
		{"fred", "hushhush\u00e4", []string{WarnTruncated}}, // the odd character does not count anyway
		{"fred", "h\u00e4sh", []string{WarnSevenBits}},
		{"fred", "h\xe4shhushhush", []string{WarnTruncated, WarnSevenBits}},
		{"fred", "hushhush\x00more", nil},
		{"fred", strings.Repeat("hush", 127) + "hus", []string{WarnTruncated}},
		{"fred", strings.Repeat("hush", 128), []string{WarnTooLong}},
		{long, strings.Repeat("hush", 32), nil},
		{long, strings.Repeat("hush", 33), []string{WarnTruncated}},
		{"_/...abcd", strings.Repeat("hush", 33), nil},
		{"_/...abcd", "h\xe4sh", []string{WarnSevenBits}},
		{"j-doe", "hushhushhush", []string{WarnNoSalt}},
		{"domain\\fred", "hush", []string{WarnNoSalt}},
		{"f", "h\xe4sh", []string{WarnNoSalt}},
		{"*0", "hush", []string{WarnNoSalt}},
	} {
		var ids []string
		for _, w := range PasswordWarnings(c.user, c.plain) {
			ids = append(ids, w.ID)
			require.Contains(t, w.Msg, fmt.Sprintf("%q", c.user))
			require.NotContains(t, fmt.Sprintf("%+v", w), "hush")
			require.NotEmpty(t, w.Hint)
		}
		require.Equal(t, c.ids, ids, "%s %d bytes", c.user, len(c.plain))
	}
}

func TestNoTLS(t *testing.T) {
	require.Equal(t, WarnNoTLS, NoTLS("h:1").ID)
	require.Contains(t, NoTLS("h:1").String(), "h:1")
	shown := map[Warning]bool{NoTLS("h:1"): true}
	require.True(t, shown[NoTLS("h:1")])
	require.False(t, shown[NoTLS("h:2")])
}
