package fengchao

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"printstation/platform/wire"
)

// decode reads one whole JSON value into v and says in words what is wrong, "" when nothing is. The words never quote
// the reply.
func decode(raw []byte, v any) string {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(raw)) == 0 {
		return "the reply is empty"
	}
	err := json.Unmarshal(raw, v)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax) && syntax.Offset >= int64(len(raw)) && opens(raw):
		return fmt.Sprintf("the reply of %d bytes ends in the middle", len(raw))
	case errors.As(err, &syntax):
		return fmt.Sprintf("the reply of %d bytes is not JSON", len(raw))
	}
	return "the reply has another shape: " + shapeOf(err)
}

// opens reports whether raw begins like a JSON object or list.
func opens(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	return len(raw) > 0 && (raw[0] == '{' || raw[0] == '[')
}

// shapeOf says where a value did not fit, without the value.
func shapeOf(err error) string {
	var te *json.UnmarshalTypeError
	if errors.As(err, &te) {
		if te.Field == "" {
			return fmt.Sprintf("a %s stands where %s was expected", kindOf(te.Value), te.Type.Kind())
		}
		return fmt.Sprintf("field %s is a %s", te.Field, kindOf(te.Value))
	}
	return err.Error() // of the scalars of wire, which never quote
}

// kindOf drops the value that encoding/json puts behind "number".
func kindOf(value string) string {
	kind, _, _ := bytes.Cut([]byte(value), []byte(" "))
	return string(kind)
}

// unwrap gives the value inside data; some gateways hand JSON through as a text.
func unwrap(data json.RawMessage) json.RawMessage {
	var text string
	if !bytes.HasPrefix(data, []byte(`"`)) {
		return data
	}
	if json.Unmarshal(data, &text) == nil && opens([]byte(text)) && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return data
}

// rows finds the list in data: data itself, or the first of the named fields that holds one. ok is false when there is
// neither; a field that is null is an empty list.
func rows(data json.RawMessage, names ...string) (list []json.RawMessage, ok bool) {
	list, _, ok = rowsOf(data, names...)
	return list, ok
}

// rowsOf is rows with the total that a wrapped list states, -1 without one.
func rowsOf(data json.RawMessage, names ...string) (list []json.RawMessage, total int, ok bool) {
	if opens(data) && bytes.TrimSpace(data)[0] == '[' {
		return list, -1, json.Unmarshal(data, &list) == nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(data, &object) != nil {
		return nil, -1, false
	}
	total = -1
	var n *wire.Int
	if raw, there := object["total"]; there && json.Unmarshal(raw, &n) == nil && n != nil && *n >= 0 {
		total = int(*n)
	}
	for _, name := range names {
		raw, there := object[name]
		if there && json.Unmarshal(unwrap(raw), &list) == nil {
			return list, total, true
		}
	}
	return nil, total, false
}

// missing reports whether a JSON value says nothing: absent, null, {}, or "".
func missing(data json.RawMessage) bool {
	return slices.Contains([]string{"", "null", "{}", `""`}, string(bytes.Join(bytes.Fields(data), nil)))
}

// region is a part of an address: {"name": …, "id": …}, or the bare name.
type region string

func (r *region) UnmarshalJSON(raw []byte) error {
	var named struct {
		Name wire.Text `json:"name"`
	}
	if opens(raw) {
		if json.Unmarshal(raw, &named) != nil {
			return errors.New("a part of the address is malformed")
		}
		*r = region(named.Name)
		return nil
	}
	var bare wire.Text
	if err := bare.UnmarshalJSON(raw); err != nil {
		return err
	}
	*r = region(bare)
	return nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
