package unixcrypt

import (
	"math/bits"
	"sync"
)

// DES, with the one change crypt makes: a salt that swaps bits between the two
// halves of the expanded block.
//
// The expansion E makes 8 overlapping groups of 6 bits out of 32. They need not
// be picked out one by one: the right half rotated right by 3 has the groups
// 0, 2, 4, 6 in the low 6 bits of its bytes (first byte highest), rotated left
// by 1 it has the groups 1, 3, 5, 7. Round keys and salt masks are kept in
// these two shapes, called even and odd.

// schedule holds the 16 round keys.
type schedule [16]struct{ even, odd uint32 }

// salts says which bits of the groups 0, 2 (even) and 1, 3 (odd) change places
// with those of the groups 4, 6 and 5, 7.
type salts struct{ even, odd uint32 }

// saltMask spreads 24 bits of salt: bit 0 belongs to the first bit of group 0.
func saltMask(salt int) salts {
	var group [4]uint32
	for i := range 24 {
		group[i/6] |= uint32(salt>>i&1) << (5 - i%6)
	}
	return salts{even: group[0]<<8 | group[2], odd: group[1]<<8 | group[3]}
}

func newSchedule(key uint64) *schedule {
	const half = 1<<28 - 1
	chosen := permute(key, 64, permutedChoice1[:])
	c, d := uint32(chosen>>28), uint32(chosen&half)
	var s schedule
	for round, n := range rotations {
		c = (c<<n | c>>(28-n)) & half
		d = (d<<n | d>>(28-n)) & half
		k := permute(uint64(c)<<28|uint64(d), 56, permutedChoice2[:])
		for g := range 4 {
			s[round].even = s[round].even<<8 | uint32(k>>(42-12*g)&63)
			s[round].odd = s[round].odd<<8 | uint32(k>>(36-12*g)&63)
		}
	}
	return &s
}

// encrypt runs the block through the cipher count times. The final permutation
// of one run and the initial one of the next cancel out.
func (s *schedule) encrypt(block uint64, salt salts, count int) uint64 {
	sp := substitution()
	block = permute(block, 64, initialPermutation[:])
	l, r := uint32(block>>32), uint32(block)
	for range count {
		for i := range s {
			k := &s[i]
			even, odd := bits.RotateLeft32(r, -3), bits.RotateLeft32(r, 1)
			swap := (even ^ even>>16) & salt.even
			even ^= swap ^ swap<<16 ^ k.even
			swap = (odd ^ odd>>16) & salt.odd
			odd ^= swap ^ swap<<16 ^ k.odd
			f := sp[0][even>>24&63] ^ sp[1][odd>>24&63] ^ sp[2][even>>16&63] ^ sp[3][odd>>16&63] ^
				sp[4][even>>8&63] ^ sp[5][odd>>8&63] ^ sp[6][even&63] ^ sp[7][odd&63]
			l, r = r, l^f
		}
		l, r = r, l
	}
	return permute(uint64(l)<<32|uint64(r), 64, finalPermutation[:])
}

// substitution joins each S-box with the permutation P that follows it.
var substitution = sync.OnceValue(func() *[8][64]uint32 {
	var sp [8][64]uint32
	for box := range sp {
		for in := range 64 {
			// The outer bits of the six choose the row, the inner four the column.
			row, column := in>>4&2|in&1, in>>1&15
			out := uint64(sBoxes[box][row][column]) << (28 - 4*box)
			sp[box][in] = uint32(permute(out, 32, roundPermutation[:]))
		}
	}
	return &sp
})

// permute picks bits of in, which has width bits; tables count from 1 at the
// most significant one, as the standard does.
func permute(in uint64, width int, table []uint8) uint64 {
	var out uint64
	for _, from := range table {
		out = out<<1 | in>>(width-int(from))&1
	}
	return out
}
