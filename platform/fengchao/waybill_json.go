package fengchao

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"

	"printstation/app/shipping"
	"printstation/platform/wire"
)

// headJSON is what all orders of one newcreateorder call share.
type headJSON struct {
	Sender    json.RawMessage `json:"sender_info"`
	Logistics json.RawMessage `json:"logistics_code"`
	UserID    json.RawMessage `json:"user_id"`
	Channel   json.RawMessage `json:"order_channel"` // a text on the wire: "1"
}

// payloadJSON is one encoded request: a head and one order, so that it can be sent again years later whatever the
// settings are by then.
type payloadJSON struct {
	headJSON
	Order json.RawMessage `json:"order_info"`
}

// batchJSON is the request_data of newcreateorder.
type batchJSON struct {
	headJSON
	Orders []json.RawMessage `json:"order_infos"`
}

type partyJSON struct {
	Address addressJSON `json:"address"`
	Contact contactJSON `json:"contact"`
}

type addressJSON struct {
	Country  string `json:"country_code"`
	Province string `json:"province_name"`
	City     string `json:"city_name"`
	District string `json:"district_name"`
	Street   string `json:"street_name,omitempty"`
	Detail   string `json:"detail_address"`
}

type contactJSON struct {
	Name   string `json:"name"`
	Phone  string `json:"phone,omitempty"`
	Mobile string `json:"mobile,omitempty"`
}

// orderInfoJSON is one element of order_infos. Everything else that the platform knows is optional and not ours to say;
// is_refund_reject and its kin, which would refuse a buyer's refund, belong to no request of this program.
type orderInfoJSON struct {
	OrderID  string     `json:"order_id"`
	PackID   string     `json:"pack_id,omitempty"`
	Receiver partyJSON  `json:"receiver_info"`
	Items    []itemJSON `json:"items"`
	Remark   string     `json:"remark,omitempty"`
}

type itemJSON struct {
	Name  string `json:"item_name"`
	Specs string `json:"item_specs,omitempty"`
	Count int    `json:"item_count"`
}

var (
	packForm    = regexp.MustCompile(`^[A-Za-z0-9_]{0,15}$`)
	foreignForm = regexp.MustCompile(`^[0-9A-Za-z/-]{1,32}$`)
)

// EncodeWaybill gives the bytes of one request: its own order_info and the head it shares with others. Names, phones and
// addresses pass to the letter, in clear or as ciphertext. It refuses (class data) only what would be matched to the
// wrong parcel or never be answered: an order id or pack id outside the platform's rules, or no carrier.
func (s *Shop) EncodeWaybill(r shipping.WaybillRequest) ([]byte, error) {
	const op = "encode waybill request"
	switch {
	case r.LeadOrder == "":
		return nil, unasked(op, "no order id")
	case s.account.Channel != Douyin && !foreignForm.MatchString(string(r.LeadOrder)):
		return nil, unasked(op, "order id: other platforms' orders have at most 32 of digits, letters, - and /")
	case !packForm.MatchString(r.PackID):
		return nil, unasked(op, "pack id: at most 15 of letters, digits and _")
	case r.Carrier == "":
		return nil, unasked(op, "no carrier")
	}
	items := make([]itemJSON, len(r.Items))
	for i, it := range r.Items {
		items[i] = itemJSON{Name: it.Name, Specs: it.Spec, Count: it.Quantity}
	}
	order, err := encode(orderInfoJSON{
		OrderID: string(r.LeadOrder), PackID: r.PackID, Items: items, Remark: r.Remark,
		Receiver: party(r.Recipient.Address, r.Recipient.Contact),
	})
	if err != nil {
		return nil, unasked(op, "cannot be written as JSON")
	}
	sender, err := encode(party(r.Sender.Address, r.Sender.Contact))
	if err != nil {
		return nil, unasked(op, "cannot be written as JSON")
	}
	out, err := encode(payloadJSON{Order: order, headJSON: headJSON{
		Sender:    sender,
		Logistics: json.RawMessage(wire.Quote(string(r.Carrier))),
		UserID:    json.RawMessage(strconv.FormatInt(s.account.UserID, 10)),
		Channel:   json.RawMessage(strconv.Quote(strconv.Itoa(s.account.Channel))),
	}})
	if err != nil {
		return nil, unasked(op, "cannot be written as JSON")
	}
	return out, nil
}

func party(a shipping.Address, c shipping.Contact) partyJSON {
	return partyJSON{
		Address: addressJSON{Country: "CHN", Province: a.Province, City: a.City, District: a.District, Street: a.Street, Detail: a.Detail},
		Contact: contactJSON{Name: c.Name, Phone: c.Phone, Mobile: c.Mobile},
	}
}

// encode writes JSON in which < > & stay themselves: the platform reads the text, not a page. RawMessage passes byte
// for byte, for it came from here.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// key is what an answer is matched by, and nothing else.
type key struct {
	order string
	pack  string
}

// opened is an encoded request taken apart again.
type opened struct {
	key  key
	head headJSON
	raw  json.RawMessage
}

func openPayload(payload []byte) (opened, error) {
	var p payloadJSON
	if err := json.Unmarshal(payload, &p); err != nil || len(p.Sender) == 0 || len(p.Logistics) == 0 || len(p.Order) == 0 {
		return opened{}, errors.New("the stored request is damaged")
	}
	var id struct {
		OrderID string `json:"order_id"`
		PackID  string `json:"pack_id"`
	}
	if err := json.Unmarshal(p.Order, &id); err != nil {
		return opened{}, errors.New("the stored request is damaged")
	}
	return opened{key: key{id.OrderID, id.PackID}, head: p.headJSON, raw: p.Order}, nil
}

// same tells heads apart by their bytes.
func (h headJSON) same() string {
	return string(h.Sender) + "\x00" + string(h.Logistics) + "\x00" + string(h.UserID) + "\x00" + string(h.Channel)
}
