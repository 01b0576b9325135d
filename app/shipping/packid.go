package shipping

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
)

// packIDLimit is the longest pack id that the strictest platform takes (抖音: 15 of [A-Za-z0-9_]).
const packIDLimit = 15

// packHash is base32 in lower case: digits and letters only, so that it is safe on every wire.
var packHash = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// PackID derives the 包裹 id of a number request from what is in the box: the sorted order ids, each line with its
// quantity, and the generation. The same box always asks with the same id and so gets the number it already has; another
// box, or the same one after its number was cancelled, asks with another. At most 15 of [A-Za-z0-9_].
func PackID(orders []OrderID, items []OrderItem, generation int) string {
	h := sha256.New()
	field := func(s string) { // length first, so that no two contents run together
		var n [4]byte
		binary.BigEndian.PutUint32(n[:], uint32(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	for _, id := range slices.Sorted(slices.Values(orders)) {
		field(string(id))
	}
	lines := make([]string, len(items))
	for i, it := range items {
		lines[i] = strings.Join([]string{it.ID, it.SKU, it.Name, it.Spec, strconv.Itoa(it.Quantity)}, "\x00")
	}
	slices.Sort(lines)
	for _, l := range lines {
		field(l)
	}
	tail := "_" + strconv.FormatInt(int64(generation), 36)
	return packHash.EncodeToString(h.Sum(nil))[:packIDLimit-len(tail)] + tail
}

// MakeRequestID joins the three parts of a request key.
func MakeRequestID(shop ShopID, lead OrderID, packID string) RequestID {
	return RequestID(string(shop) + "/" + string(lead) + "/" + packID)
}
