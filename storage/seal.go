package storage

import (
	"encoding/json"
	"errors"
	"fmt"

	"printstation/app/shipping"
)

// seal encrypts a row of a sealed bucket, bound to its place.
func (t *tx) seal(name string, key, plain []byte) error {
	row, err := t.db.vault.seal(t.db.opt.Clock(), sealBound(name, key), plain)
	if err != nil {
		return err
	}
	return t.put(name, key, row)
}

// sealJSON is seal of a value.
func (t *tx) sealJSON(name string, key []byte, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return t.seal(name, key, raw)
}

// unseal gives the plain bytes of a sealed row; nil when there is none, or when the state is not SealOpen.
func (t *tx) unseal(name string, key []byte) ([]byte, shipping.SealState, error) {
	return t.db.vault.open(sealBound(name, key), t.bucket(name).Get(key))
}

// openPersonal opens what is sealed of an order.
func (t *tx) openPersonal(key []byte) (p personalData, state shipping.SealState, err error) {
	raw, state, err := t.unseal(sealedOrders, key)
	if err != nil || raw == nil {
		return p, state, err
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, state, fmt.Errorf("sealed row: %w", errors.Join(ErrDamaged, err))
	}
	return p, state, nil
}

func sealBound(name string, key []byte) []byte { return append(textKey(name), key...) }
