package storage

import (
	"encoding/binary"
	"fmt"
	"time"

	"printstation/app/shipping"
)

// Row keys are made of texts and numbers in a form in which bytes.Compare orders them as their parts are ordered, and
// in which no two different lists of parts give the same bytes, whatever characters ids are made of.

// The two bytes that close a text. A zero byte within the text is written as 00 FF, so that 00 01 can only be its end.
const (
	textEnd    = 0x01
	textEscape = 0xFF
)

// appendText appends s, escaped and closed.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		b = append(b, s[i])
		if s[i] == 0 {
			b = append(b, textEscape)
		}
	}
	return append(b, 0, textEnd)
}

// cutText takes the first text off b.
func cutText(b []byte) (s string, rest []byte, ok bool) {
	var out []byte
	for i := 0; i < len(b); i++ {
		if b[i] != 0 {
			out = append(out, b[i])
			continue
		}
		if i++; i == len(b) {
			break
		}
		switch b[i] {
		case textEnd:
			return string(out), b[i+1:], true
		case textEscape:
			out = append(out, 0)
		default:
			return "", nil, false
		}
	}
	return "", nil, false
}

func appendNumber(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }

func cutNumber(b []byte) (n uint64, rest []byte, ok bool) {
	if len(b) < 8 {
		return 0, nil, false
	}
	return binary.BigEndian.Uint64(b), b[8:], true
}

// timeSize is the length of what appendTime appends.
const timeSize = 12

// appendTime appends t so that earlier times come first, the zero time before all of this age.
func appendTime(b []byte, t time.Time) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(t.Unix())^(1<<63))
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

func cutTime(b []byte) (t time.Time, rest []byte, ok bool) {
	if len(b) < timeSize {
		return time.Time{}, nil, false
	}
	sec := int64(binary.BigEndian.Uint64(b) ^ (1 << 63))
	return time.Unix(sec, int64(binary.BigEndian.Uint32(b[8:]))), b[timeSize:], true
}

func textKey(parts ...string) []byte {
	var b []byte
	for _, s := range parts {
		b = appendText(b, s)
	}
	return b
}

func shopKey(shop shipping.ShopID) []byte { return textKey(string(shop)) }

func orderKey(ref shipping.OrderRef) []byte { return textKey(string(ref.Shop), string(ref.ID)) }

// parcelKey is shop and sequence. Only the one spelling of an id that MakeParcelID gives is taken: "dy1/07" is no
// parcel.
func parcelKey(id shipping.ParcelID) ([]byte, error) {
	shop, seq, err := id.Split()
	if err != nil {
		return nil, err
	}
	if shipping.MakeParcelID(shop, seq) != id {
		return nil, fmt.Errorf("parcel id %q is not spelled as the store gives it", string(id))
	}
	return appendNumber(shopKey(shop), seq), nil
}

// labelKey is the parcel's key and the number of the copy.
func labelKey(id shipping.LabelID) ([]byte, error) {
	parcel, copyNo, err := id.Split()
	if err != nil {
		return nil, err
	}
	if shipping.MakeLabelID(parcel, copyNo) != id {
		return nil, fmt.Errorf("label id %q is not spelled as the store gives it", string(id))
	}
	key, err := parcelKey(parcel)
	if err != nil {
		return nil, err
	}
	return appendNumber(key, uint64(copyNo)), nil
}

// jobKey puts the length first: the ids of a store grow by a digit when they overflow, and longer ones are later ones.
func jobKey(id shipping.JobID) ([]byte, error) {
	if len(id) > 255 {
		return nil, fmt.Errorf("job id of %d characters is too long", len(id))
	}
	return append([]byte{byte(len(id))}, id...), nil
}
