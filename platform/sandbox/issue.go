package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strconv"
)

// The most orders of one call.
const (
	maxIssued        = 100
	maxIssuedPrinted = 50
)

type issueAnswer struct {
	Ebills []ebill      `json:"ebill_infos"`
	Errors []issueError `json:"err_infos"`
}

// ebill is one number with its routing, exactly the fields of the gateway's documented answer.
type ebill struct {
	OrderID           string `json:"order_id"`
	PackID            string `json:"pack_id"`
	TrackNo           string `json:"track_no"`
	SortCode          string `json:"sort_code"`
	PackageCenterCode string `json:"package_center_code"`
	PackageCenterName string `json:"package_center_name"`
	ShortAddressCode  string `json:"short_address_code"`
	ShortAddressName  string `json:"short_address_name"`
	ExtraResp         string `json:"extra_resp"`
	SubWaybillCodes   string `json:"sub_waybill_codes"`
	OrderChannel      string `json:"order_channel"`
	ShippingCode      string `json:"shipping_code"`
	PrintData         string `json:"print_data,omitempty"` // of waybill/get alone
	Sign              string `json:"sign,omitempty"`
}

type issueError struct {
	OrderID      string    `json:"order_id"`
	PackID       string    `json:"pack_id"`
	Code         looseCode `json:"err_code"`
	Message      string    `json:"err_msg"`
	OrderChannel string    `json:"order_channel"`
}

// issue is logistics/newcreateorder.
func (w *World) issue(path string, form url.Values) (any, *refusal) {
	return w.issueBatch(path, form, maxIssued, false)
}

// issueWithPrintData is logistics/waybill/get: the same, and the print data in one call.
func (w *World) issueWithPrintData(path string, form url.Values) (any, *refusal) {
	return w.issueBatch(path, form, maxIssuedPrinted, true)
}

func (w *World) issueBatch(path string, form url.Values, most int, printed bool) (any, *refusal) {
	req, no := requestData[issueRequest](form)
	if no != nil {
		return nil, no
	}
	if no := req.check(most); no != nil {
		return nil, no
	}
	answer := issueAnswer{Ebills: []ebill{}, Errors: []issueError{}}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, oi := range req.Orders {
		b, no := w.issueOne(path, req, oi)
		if no != nil {
			answer.Errors = append(answer.Errors, issueError{
				oi.OrderID.text(), oi.PackID, codeFor(oi.OrderID.text(), no.Code), no.Text, req.channel(),
			})
			continue
		}
		e := ebillOf(b)
		if printed {
			e.PrintData, e.Sign = printDataOf(b)
		}
		answer.Ebills = append(answer.Ebills, e)
	}
	if err := w.flush(); err != nil {
		w.opt.Log.Error("sandbox: numbers", "err", err)
		return nil, noSystem
	}
	return answer, nil
}

// issueOne gives the number of one pack: the old one whenever order and pack are known, else a new one.
func (w *World) issueOne(path string, req issueRequest, oi orderInfo) (*waybill, *refusal) {
	if no := w.faults.refuseWaybill(path); no != nil {
		return nil, no
	}
	if no := req.checkOrderID(oi.OrderID.text()); no != nil {
		return nil, no
	}
	key := packKey{req.channel(), oi.OrderID.text(), oi.PackID}
	if old := w.byPack[key]; old != nil {
		return w.askAgain(old, req, oi)
	}
	if no := oi.check(); no != nil {
		return nil, no
	}
	if no := w.checkKnown(req, oi); no != nil {
		return nil, no
	}
	b := w.newWaybill(req, oi, key)
	w.change(event{Op: opIssue, At: b.At, Waybill: b})
	return w.byPack[key], nil
}

func (w *World) askAgain(old *waybill, req issueRequest, oi orderInfo) (*waybill, *refusal) {
	old.asked++
	if old.Digest != digest(req, oi) {
		old.askedElsewise++
	}
	if !old.Cancelled.IsZero() {
		old.askedCancelled++
	}
	if old.Carrier != req.LogisticsCode {
		return nil, noOtherCarrier
	}
	return old, nil
}

// checkKnown compares an order of this platform with what the world has of it. Orders of other platforms, and
// orders of other shops asked for with user_id -1, are taken on trust.
func (w *World) checkKnown(req issueRequest, oi orderInfo) *refusal {
	if req.channel() != ownChannel {
		return nil
	}
	o, user := w.byID[oi.OrderID.text()], req.UserID.text()
	if o == nil && user == "-1" {
		return nil
	}
	ours := user == "" || user == "0" || user == "-1" || user == strconv.Itoa(DemoShopID)
	if o == nil || !ours {
		return noOrderQuery
	}
	if o.Status != statusToShip {
		return noOrderGone.about(o.ID)
	}
	if oi.hasCipher() && !w.cipherBelongs(o, oi.Receiver) {
		return noField.about("收件人密文与订单不匹配")
	}
	switch o.Fate {
	case fateOutOfRange:
		return noService.about("收件地址超出快递公司派送范围,请更换快递公司")
	case fateRestrained:
		return noService.about("订单处于平台风控审核中,暂不能取号")
	}
	return nil
}

// cipherBelongs reports whether every ciphertext that was sent is the one of this order. The example's order has
// none of its own: it takes any.
func (w *World) cipherBelongs(o *order, r receiverInfo) bool {
	if o.unlisted {
		return true
	}
	c := o.Cipher
	if c == nil {
		return false
	}
	fits := func(sent, own string) bool { return !isCipher(sent) || sent == own }
	return fits(r.Contact.Name, c.Name) && fits(r.Contact.Mobile, c.Phone) && fits(r.Contact.Phone, c.Phone) &&
		fits(r.Address.Detail, c.Detail)
}

func (w *World) newWaybill(req issueRequest, oi orderInfo, key packKey) *waybill {
	a := oi.Receiver.Address
	b := &waybill{
		Channel: key.Channel, Order: key.Order, Pack: key.Pack, Carrier: req.LogisticsCode,
		Digest: digest(req, oi), At: w.now(),
	}
	if key == exampleKey && b.Carrier == exampleCarrier {
		b.Number, b.SortCode, b.HubName = exampleNumber, exampleSortCode, exampleHub
		return b
	}
	c, _ := courierByCode(req.LogisticsCode)
	b.Number = w.nextNumber(c, key)
	b.SortCode, b.HubName, b.ShortName = sorting(c.Code, a.Province, a.City, a.District, a.Street)
	return b
}

func ebillOf(b *waybill) ebill {
	return ebill{
		OrderID: b.Order, PackID: b.Pack, TrackNo: b.Number, SortCode: b.SortCode, PackageCenterName: b.HubName,
		ShortAddressName: b.ShortName, OrderChannel: b.Channel,
	}
}

// printDataOf makes what a print component would decrypt: text that says nothing to anybody else.
func printDataOf(b *waybill) (data, sign string) {
	data = noise(480, "print", uint64(len(b.Number)), b.Number+b.Digest)
	sum := sha256.Sum256([]byte(data))
	return data, base64.StdEncoding.EncodeToString(sum[:])
}

// digest tells one request for a pack from another: the order's part and everything that holds for the batch.
func digest(req issueRequest, oi orderInfo) string {
	req.Orders = []orderInfo{oi}
	text, err := json.Marshal(req)
	if err != nil {
		panic(err) // it was decoded just now
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

type trackRequest struct {
	LogisticsCode string `json:"logistics_code"`
	TrackNo       string `json:"track_no"`
}

type waybillInfo struct {
	OrderID   string `json:"order_id"`
	TrackNo   string `json:"track_no"`
	PrintData string `json:"print_data"`
	Sign      string `json:"sign"`
}

type waybillError struct {
	OrderID string `json:"order_id"`
	TrackNo string `json:"track_no"`
	Code    int    `json:"err_code"`
	Message string `json:"err_msg"`
}

// printData is logistics/getwaybill.
func (w *World) printData(_ string, form url.Values) (any, *refusal) {
	asked, no := requestData[[]trackRequest](form)
	if no != nil {
		return nil, no
	}
	if len(asked) == 0 || len(asked) > maxIssued {
		return nil, noTooMany.about(maxIssued)
	}
	infos, errs := []waybillInfo{}, []waybillError{}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, a := range asked {
		b := w.byNumber[a.TrackNo]
		if b == nil || b.Carrier != a.LogisticsCode || !b.Cancelled.IsZero() {
			errs = append(errs, waybillError{TrackNo: a.TrackNo, Code: noWaybill.Code, Message: noWaybill.Text})
			continue
		}
		data, sign := printDataOf(b)
		infos = append(infos, waybillInfo{b.Order, b.Number, data, sign})
	}
	return map[string]any{"waybill_infos": infos, "err_infos": errs}, nil
}
