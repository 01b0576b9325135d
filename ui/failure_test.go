package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"printstation/assets/words"
	"printstation/ui/look"
)

func TestFailureNamesEveryFault(t *testing.T) {
	faults := []string{"station.toml 第 3 行:缺少 secret", "station.toml 第 9 行:打印机地址不对"}
	win := newFailure(test.NewTempApp(t), speak(t, words.Chinese), "设置文件有错误", faults)
	defer win.Close()
	said := map[string]bool{}
	for _, o := range test.LaidOutObjects(win.Canvas().Content()) {
		if p, ok := o.(*look.Paragraph); ok {
			said[p.Text()] = true
		}
	}
	for _, line := range append(faults, "设置文件有错误") {
		if !said[line] {
			t.Errorf("%q is not said", line)
		}
	}
}
