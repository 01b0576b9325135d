package shipping

import (
	"strings"
	"testing"
)

// Ciphertext of document 004 and of the shapes that the platforms are known to write.
var ciphers = []string{
	"#ZbZE6fdvKu0n/gB488d4Uxj7bzQi#n3zBNQgaGXiMjQb7CIwUDrQ/oEQGP43PmvV9Oi4lTooQagOruEjHzoy8JiUfZ/+3kOQABhWWXbhtTCKXDaE5GrNfbVhmef3N2d1u4eIDRZ6cT4fAsxUY4eCRTD+3pg==*CgwIARCtHBiYJSABKAESPgo8azkO9VDljulg7gl8Z8ykmOOfh93YeeMY+p+VbuytBkgfmS61mTnWtH4omldn44DJ4b7CZPzdDybE/QFBGgA=#1##",
	"#JsKP#mjMUmDSsFnoIZQyxnI8dKvJm7af8F+6YU+ZQRYZRGpukzSczT5arppGdExz9pleid3zCHGr8FvBmFsMmU5mmZ03F8k/dCNEy*CgwIARCtHBiYJSABKAESPgo8EGql2MQlYZNFj1iHVlSK41VeEYk0sH3UrzR5/8nYgPlbhkrbI2fbWQmlYrkuSJig7K3SHQi1jI6oXkp5GgA=#1##",
	"$dzFmfVaRHLlEEdPMqNWcR5WZ01oatEm4hTtC3iO9+sM=$0uwlr1TmDiJNYFPgdS1vCTOdq2ZxXk1ed8aSS8AZLpa8itQk/L9noLXPPnyWt6VOF3ZyyC+N00OGk09TzF+4/Mtn4VeJ0OGAPqZtGTlJGJxx*CgwIARCtHBiYJSABKAESPgo88ghgupGfSv8mUFdaXWzO3J54gbTj1192xyPJJUHcxjR0SqFUEdfoeUVsLKK6EaekOkvU5OTFCWgREZehGgA=$1$$",
	"~AgAAABWWXbhtTCKXDaE5Gr~NfbVhmef3N2d1u4eIDRZ6cT4fAsxUY4eCRTD~1~~",
	"~3XKi~/9GhrCbEkEXiXqmEvuKWw==~0~~",
	"~CeScDIVxOXf6X4Cl4bBQ9Q==~1~",
	"$149$vGqVjDh5AaoLCX2gVyL1Dw==$1$",
	"~NfbVhmef3N2d1u4e~IDRZ6cT4fAsxUY4e~",
	"#a#b#1##",
}

func TestIsCipher(t *testing.T) {
	t.Parallel()
	for _, s := range ciphers {
		if !IsCipher(s) {
			t.Errorf("%q is not taken for ciphertext", s)
		}
		if IsMasked(s) {
			t.Errorf("%q is taken for masked text", s)
		}
		if damagedCipher(s) {
			t.Errorf("%q is taken for damaged", s)
		}
	}
	for _, s := range []string{
		"", "#", "##", "###", "####", "$$$$$$$", "~~~~~~", "#1##", "#a#1##", "王小明", "13812345678", "8#1-1-0901", "3#502#", "#3#501#",
		"~喵~", "~~可爱的小猫~~", "$ummer $ale $", "#前台#代收#1##", "~a~b~", "~甲~乙~1~~", "#a#b#1234##", "#a##1##", "#a#b#1##x",
		"科技园8#B座#1##", " #a#b#1##",
	} {
		if IsCipher(s) {
			t.Errorf("%q is taken for ciphertext", s)
		}
	}
}

// Ciphertext that lost something on its way is told apart from a long address.
func TestDamagedCipher(t *testing.T) {
	t.Parallel()
	for _, s := range ciphers[:4] {
		for name, broken := range map[string]string{
			"end lost":  s[:len(s)-2],
			"head lost": s[1:],
			"cut":       s[:len(s)*3/4],
			"padded":    " " + s,
			"quoted":    `"` + s + `"`,
		} {
			if IsCipher(broken) || !damagedCipher(broken) {
				t.Errorf("%s: %q is not found damaged", name, broken)
			}
		}
	}
	for _, s := range []string{"", "测试路1号", "8#1-1-0901", "Room#501", strings.Repeat("a", 100), "https://example.com/a/very/long/path/to/nowhere"} {
		if damagedCipher(s) {
			t.Errorf("%q is taken for damaged ciphertext", s)
		}
	}
}

func TestIsMasked(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"王**", "王*", "*明", "王*明", "131****1907", "138******78", "12栋*单元***室", "测试路****", "王＊", "*", "5-*-***"} {
		if !IsMasked(s) {
			t.Errorf("%q is not taken for masked", s)
		}
	}
	for _, s := range []string{"", "王明", "13812345678", "3*5米广告牌", "路口#3", "阿卜杜拉·买买提", "😀"} {
		if IsMasked(s) {
			t.Errorf("%q is taken for masked", s)
		}
	}
}
