#!/bin/sh
# Makes the certificates that Go itself would not, or that must be openssl's
# own work. The results are checked in, valid from 2000 to 2100; run this again,
# with OpenSSL 3, only to change them. The keys protect nothing.
#
#   v1.crt          version 1, common name only, 1024 bits, self-signed: what the
#                   documented recipe made for years
#   v1-trusted.crt  the same in openssl's TRUSTED CERTIFICATE form
#   v1-ca.crt       an authority of version 1, without basic constraints
#   v1-leaf.crt     signed by it, version 1
#   sha1.crt        self-signed with SHA-1
#   ec.crt          P-384, version 3, as "openssl req -x509" makes it
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: >"$work/index"
echo 1000 >"$work/serial"
cat >"$work/conf" <<-CONF
	[ca]
	default_ca = here
	[here]
	database = $work/index
	serial = $work/serial
	new_certs_dir = $work
	policy = any
	unique_subject = no
	default_startdate = 20000101000000Z
	default_enddate = 21000101000000Z
	[any]
	commonName = supplied
	[v3]
	subjectKeyIdentifier = hash
	authorityKeyIdentifier = keyid:always
	basicConstraints = critical,CA:true
CONF

request() { # name, arguments of genpkey
	name=$1
	shift
	openssl genpkey -quiet "$@" -out "$name.key" 2>/dev/null || openssl genpkey "$@" -out "$name.key" 2>/dev/null
	openssl req -new -key "$name.key" -subj "/CN=$name.example" -out "$work/$name.csr"
}
sign() { # name, more arguments; without an extensions section the result is of version 1
	name=$1
	shift
	openssl ca -batch -notext -config "$work/conf" -in "$work/$name.csr" -out "$name.crt" "$@" 2>/dev/null
}

request v1 -algorithm RSA -pkeyopt rsa_keygen_bits:1024
sign v1 -selfsign -keyfile v1.key -md sha256
openssl x509 -in v1.crt -trustout -addtrust serverAuth -out v1-trusted.crt

request v1-ca -algorithm RSA -pkeyopt rsa_keygen_bits:2048
sign v1-ca -selfsign -keyfile v1-ca.key -md sha256
request v1-leaf -algorithm EC -pkeyopt ec_paramgen_curve:P-256
sign v1-leaf -cert v1-ca.crt -keyfile v1-ca.key -md sha256
rm v1-ca.key

request sha1 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
sign sha1 -selfsign -keyfile sha1.key -md sha1

request ec -algorithm EC -pkeyopt ec_paramgen_curve:P-384
sign ec -selfsign -keyfile ec.key -md sha384 -extensions v3

# What openssl says of one of them.
openssl x509 -in ec.crt -noout -fingerprint -sha256 | sed 's/.*=//' >ec.fingerprint
