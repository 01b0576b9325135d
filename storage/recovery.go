package storage

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// A recovery key is 14 groups of five characters: four carry 20 bits of version, master key and a mark of the store,
// the fifth checks them and their place, so that a person who mistypes is told in which group. The alphabet has no
// I, L, O and U, which are read as 1, 1, 0 or refused.
const (
	recoveryGroup   = 5
	recoveryGroups  = 14
	recoveryVersion = 1
	recoveryMark    = 2 // bytes of a hash of the store's id
	recoveryAlpha   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

var recoveryCode = base32.NewEncoding(recoveryAlpha).WithPadding(base32.NoPadding)

func encodeRecovery(store string, master []byte) string {
	raw := append([]byte{recoveryVersion}, master...)
	text := recoveryCode.EncodeToString(append(raw, recoveryMarkOf(store)...))
	groups := make([]string, recoveryGroups)
	for i := range groups {
		data := text[i*(recoveryGroup-1) : (i+1)*(recoveryGroup-1)]
		groups[i] = data + string(groupCheck(i, data))
	}
	return strings.Join(groups, "-")
}

// decodeRecovery gives the master key. Spaces, dashes, line ends and lower case do not matter.
func decodeRecovery(store, text string) ([]byte, error) {
	text = recoveryPlain(text)
	if len(text) != recoveryGroup*recoveryGroups {
		return nil, &GroupError{}
	}
	var data strings.Builder
	for i := range recoveryGroups {
		group := text[i*recoveryGroup : (i+1)*recoveryGroup]
		body := group[:recoveryGroup-1]
		if groupCheck(i, body) != group[recoveryGroup-1] {
			return nil, &GroupError{Group: i + 1}
		}
		data.WriteString(body)
	}
	raw, err := recoveryCode.DecodeString(data.String())
	if err != nil || raw[0] != recoveryVersion {
		return nil, &GroupError{Group: 1}
	}
	if string(raw[1+keySize:]) != string(recoveryMarkOf(store)) {
		return nil, ErrWrongKey
	}
	return raw[1 : 1+keySize], nil
}

// recoveryPlain brings what a person typed to the letters of the alphabet. What is not one of them stays, so that it is
// found in its group.
func recoveryPlain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == ' ' || r == '\t' || r == '\n' || r == '\r':
			return -1
		case r == 'o' || r == 'O':
			return '0'
		case r == 'i' || r == 'I' || r == 'l' || r == 'L':
			return '1'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 0x80:
			return '?'
		}
		return r
	}, text)
}

func groupCheck(i int, data string) byte {
	sum := sha256.Sum256(append([]byte{byte(i)}, data...))
	return recoveryAlpha[sum[0]%32]
}

func recoveryMarkOf(store string) []byte {
	sum := sha256.Sum256([]byte(store))
	return sum[:recoveryMark]
}
