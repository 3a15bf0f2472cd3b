package certs

import (
	"encoding/asn1"
	"encoding/pem"
	"math/big"
)

// ffdhe2048 is the prime of the group of that name: anybody can check it by the formula of
// RFC 7919, appendix A.1, as the tests do, which is why it is preferable to one made here, and
// takes no time. Its generator is 2.
const ffdhe2048 = "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695" +
	"a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a" +
	"d3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935" +
	"984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a" +
	"bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4" +
	"ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61" +
	"9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005" +
	"c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff"

// dhParameters is PKCS#3's DHParameter.
type dhParameters struct {
	P, G   *big.Int
	Length int `asn1:"optional"`
}

// Group is the Diffie-Hellman group of RFC 7919 with 2048 bits as a PEM file.
func Group() []byte {
	prime, _ := new(big.Int).SetString(ffdhe2048, 16)
	der, err := asn1.Marshal(dhParameters{P: prime, G: big.NewInt(2)})
	if err != nil {
		panic(err) // a constant
	}
	return pem.EncodeToMemory(&pem.Block{Type: "DH PARAMETERS", Bytes: der})
}

// groupBits is the size of the group in a PEM file, 0 if there is none.
func groupBits(data []byte) int {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "DH PARAMETERS":
			var p dhParameters
			if _, err := asn1.Unmarshal(block.Bytes, &p); err == nil && p.P != nil {
				return p.P.BitLen()
			}
		case "X9.42 DH PARAMETERS":
			var p struct {
				P, G, Q *big.Int
				Rest    asn1.RawValue `asn1:"optional"`
			}
			if _, err := asn1.Unmarshal(block.Bytes, &p); err == nil && p.P != nil {
				return p.P.BitLen()
			}
		}
	}
	return 0
}
