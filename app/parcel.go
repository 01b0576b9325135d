package app

import "printstation/app/shipping"

// step moves a parcel through its machine, in memory.
func step(p shipping.Parcel, e shipping.ParcelEvent) (shipping.Parcel, error) {
	to, err := p.State.Next(e)
	if err == nil {
		p.State = to
	}
	return p, err
}

// move moves a parcel through its machine and writes it, with a line on its timeline when its state changes.
func (s *Station) move(tx Tx, p shipping.Parcel, e shipping.ParcelEvent, detail string) error {
	from := p.State
	p, err := step(p, e)
	if err != nil {
		return err
	}
	if err := s.write(tx, p); err != nil || from == p.State {
		return err
	}
	return s.note(tx, p, from, detail)
}

// write writes a parcel whose state has not changed.
func (s *Station) write(tx Tx, p shipping.Parcel) error {
	p.UpdatedAt = s.now()
	return tx.PutParcel(p)
}

// note puts a line on the parcel's timeline.
func (s *Station) note(tx Tx, p shipping.Parcel, from shipping.ParcelState, detail string) error {
	return tx.AppendEvent(shipping.Event{
		At: s.now(), Parcel: p.ID, Kind: shipping.EventParcel, From: string(from), To: string(p.State), Detail: detail,
	})
}

// tell puts a sentence of ours on the parcel's timeline while its state stays.
func (s *Station) tell(tx Tx, p shipping.Parcel, why shipping.Reason) error {
	return tx.AppendEvent(shipping.Event{
		At: s.now(), Parcel: p.ID, Kind: shipping.EventParcel, From: string(p.State), To: string(p.State), Detail: why.ID, Why: &why,
	})
}
