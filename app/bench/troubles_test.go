package bench_test

import (
	"encoding/binary"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"printstation/app/bench"
)

// Settings that are at fault: nothing is done, the place and the mend are told, and the exit code is 2.
func TestSettingsAtFault(t *testing.T) {
	t.Parallel()
	for i, tr := range map[int]trouble{
		101: { // a file that is named and missing is an error, never a reason for the demo
			prepare: func(_ *testing.T, s *scene) start { return start{config: filepath.Join(s.dir, "none.toml")} },
			batch:   2, doctor: 2,
			lines: []line{
				{"batch", []string{"none.toml 不存在", "--config", "--demo"}, []string{"none.toml does not exist", "--config", "--demo"}},
				{"doctor", []string{"✗  设置", "none.toml 不存在", "→ 检查 --config"}, []string{"✗  settings", "none.toml does not exist", "→ check --config"}},
			},
		},
		102: {
			prepare: func(t *testing.T, s *scene) start { return start{config: s.rewrite(t, "[[shop]]", "[[shop")} },
			batch:   2, doctor: 2,
			lines: []line{
				{"batch", []string{"other.toml:4:7: 这一行不是正确的 TOML", "→ 对照 README"}, []string{"other.toml:4:7: this line is not correct TOML", "→ compare"}},
				{"doctor", []string{"4:7", "这一行不是正确的 TOML", "✓  字体"}, []string{"4:7", "this line is not correct TOML", "✓  fonts"}},
			},
		},
		103: {
			prepare: func(t *testing.T, s *scene) start { return start{config: s.rewrite(t, `"fengchao"`, `"fengcha"`)} },
			batch:   2, doctor: 2,
			lines: []line{
				{"batch", []string{"other.toml:7:1: 不支持平台 fengcha", "是不是 fengchao"}, []string{"other.toml:7:1: the platform fengcha is not supported", "did you mean fengchao"}},
				{"doctor", []string{"7:1", "不支持平台 fengcha"}, []string{"7:1", "fengcha is not supported", "did you mean fengchao"}},
			},
		},
		104: {
			prepare: func(*testing.T, *scene) start { return start{env: []string{"TEST_SECRET="}} },
			batch:   2, doctor: 2,
			lines: []line{
				{"batch", []string{"环境变量 TEST_SECRET 没有设置", "→ 设置变量 TEST_SECRET"}, []string{"the variable TEST_SECRET is not set", "→ set TEST_SECRET"}},
				{"doctor", []string{"✗  密钥    dy1", "→ 设置变量 TEST_SECRET"}, []string{"✗  secret    dy1", "→ set TEST_SECRET"}},
			},
		},
		105: { // the secret itself, where only its name may stand, is never repeated
			prepare: func(t *testing.T, s *scene) start {
				return start{config: s.rewrite(t, "env:TEST_SECRET", "Zt9-real-secret"), env: []string{"A_SECRET=Zt9-real-secret"}}
			},
			batch: 2, doctor: 2,
			lines: []line{
				{"batch", []string{":10:1: secret 必须是引用", "printstation secret set"}, []string{":10:1: ", "printstation secret set"}},
				{"doctor", []string{"10:1", "secret 必须是引用"}, []string{"10:1", "printstation secret set"}},
			},
		},
		106: { // the printer's address can only be judged by who knows printers
			prepare: func(t *testing.T, s *scene) start {
				return start{config: s.rewrite(t, "folder:"+filepath.ToSlash(s.labels), "ipp://127.0.0.1/ipp/print?fingerprint=zz")}
			},
			batch: 2, doctor: 1,
			lines: []line{
				{"batch", []string{"打印机地址 ipp://127.0.0.1/ipp/print?fingerprint=zz 写得不对"}, []string{"ipp://127.0.0.1/ipp/print?fingerprint=zz"}},
				{"doctor", []string{"✗  打印机  bench", "写得不对"}, []string{"✗  printer   bench"}},
			},
		},
	} {
		t.Run(tr.lines[0].en[0], func(t *testing.T) { tr.check(t, i) })
	}
}

// A store that must not be opened so is left untouched, and told apart from the others.
func TestStoreRefused(t *testing.T) {
	t.Parallel()
	for i, tr := range map[int]trouble{
		111: { // the demo never gets at real data
			prepare: func(t *testing.T, s *scene) start {
				s.tell(t, start{}, "zh", "doctor").says(t, 0, "正式数据")
				return start{demo: true}
			},
			batch: 2, doctor: 1,
			lines: []line{
				{"batch", []string{"这是正式数据", "去掉 --demo", "station.db"}, []string{"This is live data", "leave out --demo", "station.db"}},
				{"doctor", []string{"✗  数据    这是正式数据"}, []string{"✗  store       This is live data"}},
			},
		},
		112: { // nor real orders at the demo's
			prepare: func(t *testing.T, s *scene) start {
				how := start{data: filepath.Join(s.dir, "training")}
				s.tell(t, start{data: how.data, demo: true}, "zh", "doctor").says(t, 0, "演示数据")
				return how
			},
			batch: 2, doctor: 1,
			lines: []line{
				{"batch", []string{"这是演示数据", "--demo"}, []string{"This is demo data", "choose another data folder"}},
				{"doctor", []string{"这是演示数据"}, []string{"This is demo data"}},
			},
		},
		113: {
			prepare: func(t *testing.T, s *scene) start {
				s.tell(t, start{}, "zh", "doctor").says(t, 0)
				s.setSchema(t, 99)
				return start{}
			},
			mend:  func(t *testing.T, s *scene) { s.setSchema(t, 1) },
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"更新版本的程序", "99", "安装新版本", "station.db"}, []string{"A newer program made this data (version 99", "install the newer program", "station.db"}},
				{"doctor", []string{"✗  数据", "更新版本的程序"}, []string{"✗  store", "A newer program"}},
			},
		},
		114: {
			prepare: func(t *testing.T, s *scene) start {
				how := start{data: filepath.Join(s.dir, "garbage")}
				if err := os.MkdirAll(how.data, 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(how.data, bench.StoreFile), []byte(strings.Repeat("no store. ", 8000)), 0o600); err != nil {
					t.Fatal(err)
				}
				return how
			},
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"不是打单工作站的数据", "检查数据目录"}, []string{"no data of the print station", "check the data folder"}},
				{"doctor", []string{"不是打单工作站的数据"}, []string{"no data of the print station"}},
			},
		},
	} {
		t.Run(tr.lines[0].en[0], func(t *testing.T) { tr.check(t, i) })
	}
}

// setSchema makes the store one of another version, as another program would leave it.
func (s *scene) setSchema(t *testing.T, version uint64) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(s.dir, "data", bench.StoreFile), 0o600, &bbolt.Options{
		FreelistType: bbolt.FreelistMapType, NoFreelistSync: true, // as the program itself
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, version))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// What cannot be reached: the rest goes on, and the next run picks up what was left.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	for i, tr := range map[int]trouble{
		121: {
			prepare: func(t *testing.T, s *scene) start {
				return start{config: s.rewrite(t, strings.TrimSuffix(s.Account.BaseURL, "/gateway"), "http://"+nobodyAt(t))}
			},
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"店铺 dy1 的订单没有拉全", "连不上平台，请检查网络", "base_url"}, []string{"the orders of shop dy1 could not all be loaded", "The platform cannot be reached", "base_url"}},
				{"doctor", []string{"✗  店铺    dy1", "连不上平台，请检查网络", "✓  打印机"}, []string{"✗  shop      dy1", "The platform cannot be reached", "✓  printer"}},
			},
		},
		122: {
			prepare: func(*testing.T, *scene) start { return start{env: []string{"TEST_SECRET=wrong-4711-wrong"}} },
			batch:   1, doctor: 1,
			lines: []line{
				{"batch", []string{"店铺 dy1", "签名错误", "核对店铺的 app_id 和密钥"}, []string{"shop dy1", "签名错误", "Check the shop's app id and secret"}},
				{"doctor", []string{"✗  店铺    dy1", "平台不认凭据", "签名错误", "→ 核对 app_id"}, []string{"✗  shop      dy1", "does not take the credentials", "→ check app_id"}},
			},
		},
		123: { // the numbers are taken all the same: the labels wait for the printer
			prepare: func(t *testing.T, s *scene) start {
				return start{config: s.rewrite(t, "folder:"+filepath.ToSlash(s.labels), "ipp://"+nobodyAt(t)+"/ipp/print")}
			},
			batch: 1, doctor: 1,
			lines: []line{
				{"batch", []string{"连不上打印机 ipp://127.0.0.1:", "检查电源、网线和地址"}, []string{"The printer ipp://127.0.0.1:", "does not answer", "power, cable and address"}},
				{"doctor", []string{"✗  打印机  bench", "连不上打印机", "✓  店铺"}, []string{"✗  printer   bench", "does not answer", "✓  shop"}},
			},
		},
	} {
		t.Run(tr.lines[0].en[len(tr.lines[0].en)-1], func(t *testing.T) { tr.check(t, i) })
	}
}

// nobodyAt is an address on loopback where nobody listens.
func nobodyAt(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
