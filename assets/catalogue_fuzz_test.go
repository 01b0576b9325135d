package assets

import (
	"slices"
	"testing"

	"printstation/app/shipping"
	"printstation/platform"
)

// Whatever a platform says, the answer is one of the classes, and the same by either way of asking.
func FuzzClassify(f *testing.F) {
	for _, e := range Catalogue().Entries() {
		for _, text := range e.Says {
			f.Add(text, "4006", "isv.business-failed:60110", 200)
		}
	}
	f.Fuzz(func(t *testing.T, message, code, sub string, http int) {
		r := platform.Reply{Platform: "fengchao", Call: platform.CallConfirm, HTTP: http, Code: code, SubCode: sub, Message: message}
		e, ok := Catalogue().Explain(r)
		got := Catalogue().Classify(r)
		if ok && got != e.Class || !ok && got != shipping.ClassUnknown || !slices.Contains(classes, got) {
			t.Fatalf("%+v is %q by %q", r, got, e.ID)
		}
	})
}
