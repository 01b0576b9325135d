package storage

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"printstation/app"
	"printstation/app/shipping"
)

// PutLabel writes a copy and its place among the copies of its state.
func (t *tx) PutLabel(c shipping.LabelCopy) error {
	if err := t.mayWrite("put label"); err != nil {
		return err
	}
	key, err := labelKey(c.ID)
	if err != nil {
		return fmt.Errorf("storage: put label: %w", err)
	}
	if parcel, _, _ := c.ID.Split(); parcel != c.Parcel {
		return fmt.Errorf("storage: put label %s: it is said to be of parcel %q", c.ID, c.Parcel)
	}
	to, err := labelStateKey(key, c)
	if err != nil {
		return fmt.Errorf("storage: put label %s: %w", c.ID, err)
	}
	var from []byte
	old, err := read[shipping.LabelCopy](t, rowsLabels, key)
	switch {
	case err == nil:
		if from, err = labelStateKey(key, old); err != nil {
			return err
		}
	case !errors.Is(err, app.ErrNotFound):
		return err
	}
	if err := t.move(labelsState, from, to); err != nil {
		return err
	}
	return t.putJSON(rowsLabels, key, c)
}

// labelStateKey orders the copies of a state by job and page, as the paper comes out.
func labelStateKey(key []byte, c shipping.LabelCopy) ([]byte, error) {
	job, err := jobKey(c.Job)
	if err != nil {
		return nil, err
	}
	if c.Page < 0 {
		return nil, fmt.Errorf("page %d", c.Page)
	}
	return join(appendNumber(join(textKey(string(c.State)), job), uint64(c.Page)), key), nil
}

// Label gives one copy.
func (t *tx) Label(id shipping.LabelID) (shipping.LabelCopy, error) {
	key, err := labelKey(id)
	if err != nil {
		return shipping.LabelCopy{}, fmt.Errorf("%w: %w", err, app.ErrNotFound)
	}
	c, err := read[shipping.LabelCopy](t, rowsLabels, key)
	if err != nil {
		return c, fmt.Errorf("label %s: %w", id, err)
	}
	return c, nil
}

// LabelsOf gives all copies of a parcel, the first one first; none is no error.
func (t *tx) LabelsOf(p shipping.ParcelID) ([]shipping.LabelCopy, error) {
	prefix, err := parcelKey(p)
	if err != nil {
		return nil, fmt.Errorf("storage: labels of a parcel: %w", err)
	}
	var out []shipping.LabelCopy
	for end := range t.walk(rowsLabels, prefix) {
		c, err := read[shipping.LabelCopy](t, rowsLabels, join(prefix, end))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// LabelsIn yields the copies in any of the states, of all states when none is given, in order of job and page. The
// caller may write between two of them, as with Parcels.
func (t *tx) LabelsIn(states ...shipping.LabelState) iter.Seq2[shipping.LabelCopy, error] {
	return func(yield func(shipping.LabelCopy, error) bool) {
		wanted := texts(states)
		if len(wanted) == 0 {
			wanted = t.firsts(labelsState)
		}
		var prefixes [][]byte
		for _, s := range wanted {
			prefixes = append(prefixes, textKey(s))
		}
		for end := range t.walk(labelsState, prefixes...) {
			c, err := read[shipping.LabelCopy](t, rowsLabels, labelKeyIn(end))
			if err == nil && !slices.Contains(wanted, string(c.State)) {
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// labelKeyIn cuts job and page off the end of an index key.
func labelKeyIn(end []byte) []byte {
	head := 1 + 8
	if len(end) > 0 {
		head += int(end[0])
	}
	if len(end) < head {
		return nil
	}
	return end[head:]
}
