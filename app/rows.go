package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"printstation/app/outbox"
	"printstation/app/shipping"
)

// Rows gives the parcels of a list, masked and ready to show, shop by shop in the order of the settings; within a shop
// oldest first, in ViewPrinted newest first.
func (s *Station) Rows(ctx context.Context, f Filter) ([]Row, error) {
	shops, err := s.chosen(f.Shops)
	if err != nil {
		return nil, err
	}
	ids := make([]shipping.ShopID, len(shops))
	for i, sh := range shops {
		ids[i] = sh.ID
	}
	var rows []Row
	err = s.store.View(ctx, func(tx Tx) error {
		rows = rows[:0]
		parcels := tx.Parcels(ids, shelvesOf(f.View)...)
		if f.View == ViewPrinted {
			parcels = tx.LatestParcels(ids, shipping.ShelfLabelled)
		}
		for p, err := range parcels {
			if err != nil {
				return err
			}
			row, err := s.row(tx, p)
			if err != nil {
				return err
			}
			if !row.matches(f.Text) {
				continue
			}
			if rows = append(rows, row); f.Limit > 0 && len(rows) == f.Limit {
				break
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		return nil
	})
	return rows, err
}

// shelvesOf names the shelves of a list; none means all.
func shelvesOf(v View) []shipping.Shelf {
	switch v {
	case ViewToPrint:
		return []shipping.Shelf{
			shipping.Shelf(shipping.ParcelPending), shipping.Shelf(shipping.ParcelInvalid), shipping.Shelf(shipping.ParcelHeld),
			shipping.Shelf(shipping.ParcelRequested), shipping.Shelf(shipping.ParcelIssued), shipping.Shelf(shipping.ParcelRefused),
		}
	case ViewPrinted:
		return []shipping.Shelf{shipping.ShelfLabelled}
	}
	return nil
}

// Row gives one parcel, ErrNotFound when there is none of that id.
func (s *Station) Row(ctx context.Context, id shipping.ParcelID) (Row, error) {
	var row Row
	err := s.store.View(ctx, func(tx Tx) error {
		p, err := tx.Parcel(id)
		if err != nil {
			return err
		}
		row, err = s.row(tx, p)
		return err
	})
	return row, err
}

func (s *Station) row(tx Tx, p shipping.Parcel) (Row, error) {
	row := Row{
		ID: p.ID, Shop: p.Shop, ShopName: s.shopName(p.Shop), Orders: p.Orders, Items: p.Items, Carrier: p.Carrier,
		CarrierName: s.carrierName(p.Carrier), State: p.State, Reasons: p.Reasons, Fault: p.Fault, Request: p.RequestID,
		ShipBy: p.ShipBy,
	}
	if p.Waybill != nil {
		row.Number, row.Carrier, row.CarrierName = p.Waybill.Number, p.Waybill.Carrier, s.carrierName(p.Waybill.Carrier)
	}
	if err := row.addOrders(tx, p); err != nil {
		return row, err
	}
	if p.Cancelling {
		row.Reasons = append(slices.Clone(row.Reasons), shipping.Because(reasonCancelling))
	}
	c, ok, err := shownCopy(tx, p.ID)
	if err != nil {
		return row, err
	}
	if ok {
		row.Label, row.LabelID, row.Document, row.Page = c.State, c.ID, c.Document, c.Page
		if c.State == shipping.LabelFailed && row.Fault == nil {
			row.Fault = s.printFault(c)
		}
	}
	entries, err := tx.EntriesOf(p.ID)
	if err != nil {
		return row, err
	}
	for _, e := range entries {
		if p.Waybill != nil && e.Number == p.Waybill.Number {
			row.Confirm = worse(row.Confirm, e.State)
			if row.Confirm == e.State && e.Fault != nil {
				row.Fault = e.Fault
			}
		}
	}
	return row, nil
}

// shownCopy is the newest copy that counts, or the newest when none does: a reprint that failed or was lost does not
// undo the label that is there.
func shownCopy(tx Tx, id shipping.ParcelID) (shipping.LabelCopy, bool, error) {
	copies, err := tx.LabelsOf(id)
	if err != nil || len(copies) == 0 {
		return shipping.LabelCopy{}, false, err
	}
	for _, c := range slices.Backward(copies) {
		if c.State.Counts() {
			return c, true, nil
		}
	}
	return copies[len(copies)-1], true, nil
}

func (r *Row) addOrders(tx Tx, p shipping.Parcel) error {
	for _, ref := range p.Refs() {
		o, err := tx.Order(ref)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		r.Message = joinWords(r.Message, joinWords(o.BuyerMessage, o.SellerRemark))
		if r.PaidAt.IsZero() || o.PaidAt.Before(r.PaidAt) {
			r.PaidAt = o.PaidAt
		}
		if o.ID != p.Lead() {
			continue
		}
		if r.Sealed = o.Sealed; r.Sealed != shipping.SealOpen {
			continue
		}
		// A recipient that cannot be masked is shown by what is safe of it: the reasons of the row say what is wrong.
		if party, why := shipping.MaskRecipient(o.Recipient); why == nil {
			r.Recipient = party
		} else {
			r.Recipient = shipping.MaskedParty{Region: shipping.Region(o.Recipient.Address)}
		}
	}
	return nil
}

// attention ranks the states of confirmations by how much they need a person.
var attention = map[outbox.State]int{
	"": 0, outbox.NotRequired: 1, outbox.Confirmed: 2, outbox.Closed: 3, outbox.Waiting: 4, outbox.Suspended: 5, outbox.Parked: 6, outbox.Failed: 7,
}

func worse(a, b outbox.State) outbox.State {
	if attention[b] > attention[a] {
		return b
	}
	return a
}

func (s *Station) shopName(id shipping.ShopID) string {
	if sh := s.byID[id]; sh != nil && sh.Name != "" {
		return sh.Name
	}
	return string(id)
}

// matches looks for the text in everything of the row that is shown.
func (r Row) matches(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return true
	}
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), text) }
	for _, id := range r.Orders {
		if has(string(id)) {
			return true
		}
	}
	for _, it := range r.Items {
		if has(it.Name) || has(it.Spec) || has(it.SKU) {
			return true
		}
	}
	to := r.Recipient
	return has(string(r.Number)) || has(to.Name) || has(to.Phone) || has(to.Region+to.Address) || has(r.Message) || has(string(r.ID))
}
