package ippevetest

import "testing"

func TestStartAndPowerCut(t *testing.T) {
	t.Parallel()
	p := Start(t, Options{})
	p.PowerOff()
	p.PowerOn()
	if got := p.Paper(); len(got) != 0 {
		t.Errorf("sheets before any job: %v", got)
	}
}
