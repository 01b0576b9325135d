package shipping

// Address is a Chinese postal address in the parts that platforms and carriers ask for.
type Address struct {
	Province string `json:"province"`         // 省
	City     string `json:"city"`             // 市
	District string `json:"district"`         // 区县; some cities (东莞, 中山) have none
	Street   string `json:"street,omitempty"` // 街道, 乡镇
	Detail   string `json:"detail"`           // 详细地址; may be platform ciphertext in a Recipient
}

// Contact is a person with at least one telephone number.
type Contact struct {
	Name   string `json:"name"`
	Mobile string `json:"mobile,omitempty"` // 手机
	Phone  string `json:"phone,omitempty"`  // 固话, or a virtual number (虚拟号) with extension
}

// Sender (寄件人) is the shop's own address; it is a setting, in clear.
type Sender struct {
	Contact
	Address
}

// Recipient (收件人) comes in clear or as ciphertext of the platform, field by field. Ciphertext goes through to the
// platform untouched and is never printed: what is printed then is Masked, the platform's own masked form.
type Recipient struct {
	Contact
	Address
	Masked *MaskedParty `json:"masked,omitempty"`
}

// MaskedParty is what may be shown of a person: on a label, on the screen, in an export.
type MaskedParty struct {
	Name    string `json:"name"`
	Phone   string `json:"phone"`
	Region  string `json:"region"`  // 省市区 joined, municipalities once: 上海市青浦区
	Address string `json:"address"` // street and detail, unit and room hidden; without Region
}
