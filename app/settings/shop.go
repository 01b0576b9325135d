package settings

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"printstation/app/shipping"
)

// shop reads one [[shop]].
func (t *table) shop(known Known) Shop {
	s := Shop{
		ID:         shipping.ShopID(t.id()),
		Name:       t.text("name"),
		Platform:   t.platform(known),
		BaseURL:    t.baseURL(),
		AppID:      t.needed("app_id"),
		Secret:     t.secret(),
		SellerNick: t.text("seller_nick"),
		Channel:    int(t.integer("channel", 0, 9999, 0)),
		UserID:     t.integer("user_id", -1, 1<<62, -1),
		Carrier:    t.carrier(known),
	}
	if s.Name == "" {
		s.Name = string(s.ID)
	}
	if known.Channel != nil && s.Channel != 0 && !known.Channel(s.Platform, s.Channel) {
		t.report("channel", "channel", "Platform", s.Platform)
	}
	if w := t.sub("waybill"); w != nil {
		s.Via = shipping.ShopID(w.text("via"))
		w.close()
	}
	s.Sender = t.sender()
	t.close()
	for _, key := range known.Needs[s.Platform] {
		if v, ok := t.values[key]; !ok || v == "" {
			t.report(key, "missing")
		}
	}
	return s
}

func (t *table) id() string {
	id := t.needed("id")
	if id != "" && !anID.MatchString(id) {
		t.report("id", "bad_id")
	}
	return id
}

func (t *table) platform(known Known) string {
	name := t.needed("platform")
	if name == "" || slices.Contains(known.Platforms, name) {
		return name
	}
	list := strings.Join(known.Platforms, ", ")
	if near := nearest(name, known.Platforms); near != "" {
		t.report("platform", "platform_near", "Platform", name, "Near", near, "Known", list)
		return name
	}
	t.report("platform", "platform", "Platform", name, "Known", list)
	return name
}

// baseURL takes https anywhere and plain http on this computer only: credentials and addresses of people pass there.
// An address is never repeated in a message, for people do write passwords into it.
func (t *table) baseURL() string {
	raw := t.needed("base_url")
	if raw == "" {
		return ""
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Hostname() == "":
		t.report("base_url", "bad_url")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		t.report("base_url", "url_parts")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		t.report("base_url", "url_not_https", "Host", u.Hostname())
	case u.Scheme != "http" && u.Scheme != "https":
		t.report("base_url", "bad_url")
	}
	return strings.TrimRight(raw, "/")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func (t *table) secret() SecretRef {
	ref := SecretRef(t.needed("secret"))
	if ref == "" {
		return ""
	}
	if err := ref.check(); err != nil {
		t.report("secret", "secret_form") // whatever stands there is not repeated: it may be the secret
		return ""
	}
	return ref
}

func (t *table) carrier(known Known) shipping.Carrier {
	c := shipping.Carrier(t.needed("carrier"))
	if c != "" && known.Carrier != nil && !known.Carrier(c) {
		t.report("carrier", "carrier", "Carrier", string(c))
	}
	return c
}

// sender reads [shop.sender] and lets the rules of shipping judge it.
func (t *table) sender() shipping.Sender {
	st := t.sub("sender")
	if st == nil {
		if _, ok := t.values["sender"]; !ok {
			t.report("sender", "no_sender")
		}
		return shipping.Sender{}
	}
	s := shipping.Sender{
		Contact: shipping.Contact{Name: st.text("name"), Mobile: st.text("mobile"), Phone: st.text("phone")},
		Address: shipping.Address{
			Province: st.text("province"), City: st.text("city"), District: st.text("district"),
			Street: st.text("street"), Detail: st.text("detail"),
		},
	}
	st.close()
	for _, reason := range shipping.ValidateSender(s) {
		st.blame(reason)
	}
	return s
}

// blame reports a reason of the rules at the key that it speaks of, or at the table's header.
func (t *table) blame(reason shipping.Reason) {
	key := t.path
	for _, name := range []string{"name", "mobile", "phone", "province", "city", "district", "street", "detail"} {
		if _, written := t.values[name]; written && strings.Contains(reason.ID, name) {
			key = t.key(name)
			break
		}
	}
	at := t.r.ix.find(key)
	t.r.problems = append(t.r.problems, Problem{
		Line: at.line, Column: at.column, Key: key,
		What: reason, Mend: shipping.Because("settings.sender_mend", "Line", at.lineText()),
	})
}
