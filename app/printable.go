package app

import (
	"context"

	"printstation/app/shipping"
)

// draft is a label that is drawn, or about to be, for a parcel as it was read.
type draft struct {
	parcel  shipping.Parcel
	copyNo  int
	reprint int // 0 for a first copy
	label   shipping.Label
	reason  *shipping.Reason // why it cannot be drawn
}

func (d draft) id() shipping.LabelID { return shipping.MakeLabelID(d.parcel.ID, d.copyNo) }

// drafts reads what the labels of the parcels need. Parcels that must not get a label now are left out: those without a
// number, with something against printing them, and, unless this is a reprint that a person asked for, those with a copy
// that counts.
func (s *Station) drafts(ctx context.Context, ids []shipping.ParcelID, reprint bool) ([]draft, error) {
	var ds []draft
	err := s.store.View(ctx, func(tx Tx) error {
		ds = ds[:0]
		for _, id := range ids {
			d, ok, err := s.draft(tx, id, reprint)
			if err != nil {
				return err
			}
			if ok {
				ds = append(ds, d)
			}
		}
		return nil
	})
	return ds, err
}

func (s *Station) draft(tx Tx, id shipping.ParcelID, reprint bool) (draft, bool, error) {
	p, err := tx.Parcel(id)
	if err != nil {
		return draft{}, false, err
	}
	copies, err := tx.LabelsOf(id)
	if err != nil || !mayPrint(p, copies, reprint) {
		return draft{}, false, err
	}
	d := draft{parcel: p, copyNo: len(copies) + 1}
	for _, c := range copies {
		if c.MayExist() && c.Number == p.Waybill.Number {
			d.reprint++
		}
	}
	d.label, d.reason, err = s.label(tx, p)
	d.label.ID, d.label.Reprint = d.id(), d.reprint
	return d, true, err
}

// mayPrint is the rule against labels that must not come out. A copy on its way or of unknown fate bars every other,
// also a reprint.
func mayPrint(p shipping.Parcel, copies []shipping.LabelCopy, reprint bool) bool {
	if p.State != shipping.ParcelIssued || p.Waybill == nil || p.Cancelling || len(p.Reasons) > 0 {
		return false
	}
	for _, c := range copies {
		switch c.State {
		case shipping.LabelQueued, shipping.LabelSpooled, shipping.LabelUncertain:
			return false
		case shipping.LabelPrinted, shipping.LabelVerified:
			if !reprint && c.Number == p.Waybill.Number {
				return false
			}
		}
	}
	return true
}

// label gathers what is drawn for a parcel. Its number is "" before it has one.
func (s *Station) label(tx Tx, p shipping.Parcel) (shipping.Label, *shipping.Reason, error) {
	sh := s.byID[p.Shop]
	l := shipping.Label{
		Station: s.name, Shop: string(p.Shop), Carrier: p.Carrier, CarrierName: s.onLabel(p.Carrier),
		Orders: p.Orders, Items: p.Items, PrintedAt: s.now().In(chinaTime), Piece: 1, Pieces: 1, Demo: s.demo,
	}
	if sh != nil {
		l.Shop, l.Sender = sh.Name, shipping.MaskSender(sh.Sender)
	}
	if w := p.Waybill; w != nil {
		l.Carrier, l.CarrierName = w.Carrier, s.onLabel(w.Carrier)
		l.Number, l.SortCode, l.Hub, l.HubCode, l.ShortName = w.Number, w.SortCode, w.Hub, w.HubCode, w.ShortName
	}
	for _, ref := range p.Refs() {
		o, err := tx.Order(ref)
		if err != nil {
			return l, nil, err
		}
		if o.Sealed != shipping.SealOpen {
			why := sealedReason(o.Sealed)
			return l, &why, nil
		}
		l.BuyerMessage = joinWords(l.BuyerMessage, o.BuyerMessage)
		l.SellerRemark = joinWords(l.SellerRemark, o.SellerRemark)
		if o.ID != p.Lead() {
			continue
		}
		to, why := shipping.MaskRecipient(o.Recipient)
		if why != nil {
			return l, why, nil
		}
		l.Recipient = to
	}
	return l, nil, nil
}

func joinWords(a, b string) string {
	if a == "" || a == b {
		return b
	}
	if b == "" {
		return a
	}
	return a + " / " + b
}

// Label gives what would be printed for the parcel now, for a preview.
func (s *Station) Label(ctx context.Context, id shipping.ParcelID) (shipping.Label, error) {
	var l shipping.Label
	err := s.store.View(ctx, func(tx Tx) error {
		p, err := tx.Parcel(id)
		if err != nil {
			return err
		}
		copies, err := tx.LabelsOf(id)
		if err != nil {
			return err
		}
		l, _, err = s.label(tx, p)
		l.ID = shipping.MakeLabelID(id, max(1, len(copies)))
		return err
	})
	return l, err
}
