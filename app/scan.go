package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"printstation/app/shipping"
)

// Scan looks up what a scanner read: a tracking number, an order id, a parcel id. Scanning the number of a label that was
// printed, or may have been, verifies that label and queues its confirmation. It never prints.
func (s *Station) Scan(ctx context.Context, code string) (Scan, error) {
	code = strings.TrimSpace(code)
	scan := Scan{Code: code, Result: ScanUnknown}
	if code == "" {
		return scan, nil
	}
	var byNumber, void bool
	var ids []shipping.ParcelID
	err := s.store.View(ctx, func(tx Tx) (err error) {
		if ids, byNumber, err = s.scanned(tx, code); err == nil && byNumber {
			void, err = givenBack(tx, ids[0], shipping.TrackingNumber(code))
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		return scan, err
	}
	if byNumber {
		scan.Result, err = s.verify(ctx, ids[0], shipping.TrackingNumber(code))
		if err != nil {
			return scan, err
		}
	}
	for _, id := range ids {
		row, err := s.Row(ctx, id)
		if err != nil {
			return scan, err
		}
		scan.Rows = append(scan.Rows, row)
	}
	switch {
	case void:
		scan.Rows[0].Reasons = append(slices.Clone(scan.Rows[0].Reasons), shipping.Because("station.number_void"))
		scan.Result = ScanTroubled
	case byNumber && len(scan.Rows[0].Reasons) > 0:
		scan.Result = ScanTroubled // the label is real, and its parcel must not leave as it is
	case scan.Result == ScanUnknown:
		scan.Result = standing(scan.Rows)
	}
	return scan, nil
}

// givenBack reports whether a number that the parcel once had is not its own any more.
func givenBack(tx Tx, id shipping.ParcelID, number shipping.TrackingNumber) (bool, error) {
	p, err := tx.Parcel(id)
	return err == nil && !live(p, number), err
}

// live reports whether a number is the parcel's own, now.
func live(p shipping.Parcel, number shipping.TrackingNumber) bool {
	return p.Waybill != nil && (p.Waybill.Number == number || slices.Contains(p.Waybill.Children, number))
}

// scanned finds the parcels that a code names, and whether it named one by its number.
func (s *Station) scanned(tx Tx, code string) ([]shipping.ParcelID, bool, error) {
	holder, err := tx.NumberHolder("", shipping.TrackingNumber(code))
	if err == nil {
		return []shipping.ParcelID{holder}, true, nil
	}
	if !errors.Is(err, ErrNotFound) {
		return nil, false, err
	}
	var ids []shipping.ParcelID
	for _, sh := range s.shops {
		of, err := tx.ParcelsOf(shipping.OrderRef{Shop: sh.ID, ID: shipping.OrderID(code)})
		if err != nil {
			return nil, false, err
		}
		ids = append(ids, of...)
	}
	if len(ids) > 0 {
		return ids, false, nil
	}
	id := shipping.ParcelID(code)
	if _, _, err := id.Split(); err != nil {
		return nil, false, nil
	}
	if _, err := tx.Parcel(id); err == nil {
		return []shipping.ParcelID{id}, false, nil
	} else if !errors.Is(err, ErrNotFound) {
		return nil, false, err
	}
	return nil, false, nil
}

// verify records that the newest copy with this number that may exist was held in a hand.
func (s *Station) verify(ctx context.Context, id shipping.ParcelID, number shipping.TrackingNumber) (ScanResult, error) {
	result := ScanUnknown
	err := s.store.Update(ctx, func(tx Tx) error {
		result = ScanUnknown
		p, err := tx.Parcel(id)
		if err != nil {
			return err
		}
		copies, err := tx.LabelsOf(id)
		if err != nil {
			return err
		}
		var c shipping.LabelCopy
		if c, result = held(p, copies, number); result != ScanVerified {
			return nil
		}
		event := shipping.LabelVerify
		if c.State == shipping.LabelVoid {
			event = shipping.LabelFind
		}
		return s.settleLabel(tx, c, verdict{event: event, proof: shipping.ProofScan})
	})
	if err == nil && result == ScanVerified {
		s.wakeLanes()
		s.hub.tell(Change{Parcels: true, Queue: true})
	}
	return result, err
}

// held finds the copy that must be the one in the scanner's hand: the newest that is known to exist or may, else one that
// was called lost while its number is still the parcel's.
func held(p shipping.Parcel, copies []shipping.LabelCopy, number shipping.TrackingNumber) (shipping.LabelCopy, ScanResult) {
	var lost *shipping.LabelCopy
	for i := len(copies) - 1; i >= 0; i-- {
		c := copies[i]
		if c.Number != number {
			continue
		}
		switch c.State {
		case shipping.LabelVerified:
			return c, ScanAlready
		case shipping.LabelPrinted, shipping.LabelUncertain, shipping.LabelSpooled:
			return c, ScanVerified
		case shipping.LabelVoid:
			if c.Doubted && live(p, number) && lost == nil {
				lost = &c
			}
		}
	}
	if lost != nil {
		return *lost, ScanVerified
	}
	return shipping.LabelCopy{}, ScanUnknown
}

// standing says what a person can do with the rows that a scan found.
func standing(rows []Row) ScanResult {
	if len(rows) > 1 {
		return ScanAmbiguous
	}
	r := rows[0]
	switch {
	case r.Printable():
		return ScanToPrint
	case r.Label.Counts():
		return ScanAlready
	}
	return ScanTroubled
}
