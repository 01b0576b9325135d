package cli

import (
	"strings"

	"printstation/app"
	"printstation/app/outbox"
	"printstation/app/shipping"
)

// rowReason says why a parcel is where it is, "" when there is nothing to say.
func (c *shell) rowReason(r app.Row) string {
	var said []string
	for _, why := range r.Reasons {
		said = append(said, c.words.T(why.ID, why.Data))
	}
	if r.Fault != nil {
		said = append(said, c.faultText(r.Shop, r.Fault))
	}
	if len(said) > 0 {
		return strings.Join(said, c.say("and"))
	}
	switch {
	case r.Label == shipping.LabelUncertain:
		return c.say("reason_uncertain", "ID", string(r.LabelID))
	case r.Label == shipping.LabelQueued, r.Label == shipping.LabelSpooled:
		return c.say("reason_printing")
	case r.Confirm == outbox.Waiting:
		return c.say("reason_waiting")
	case r.Confirm == outbox.Parked:
		return c.say("reason_parked")
	case r.Confirm == outbox.Suspended:
		return c.say("reason_suspended")
	case r.Label == "", r.Label == shipping.LabelVoid:
		return c.say("reason_pending")
	}
	return ""
}

// faultText gives a failure in the platform's own words with what to do about it.
func (c *shell) faultText(shop shipping.ShopID, f *shipping.Fault) string {
	if f == nil {
		return ""
	}
	if f.Reason != nil {
		return c.words.T(f.Reason.ID, f.Reason.Data)
	}
	text := f.Error()
	if c.explainer == nil {
		return text
	}
	if _, remedy := c.explainer.Explain(shop, *f, c.words.Lang()); remedy != "" {
		text += " → " + remedy
	}
	return text
}
