// Package label lays a shipping.Label out on a page of 100 x 180 mm: what stands where, in millimetres, for every
// output to draw the same way. It knows no PDF and no pixels; packages pdf and preview draw its Page.
//
// The paper has two plies (联), 110 mm for the courier and 70 mm for the receiver, and the regions of GB/T 41833-2022:
// number, destination, recipient, sender, contents, signature. Three rules shape the layout:
//   - what the carrier needs to deliver (number, sort code, hub, recipient, sender) is drawn whole or the label is
//     rejected; it is never cut. Long addresses get smaller type, then lines from the contents region;
//   - what only helps at the bench (contents, order ids, messages) is shortened when it must be, and a notice says so;
//   - Page.Problems checks what came out: no ink over other ink, nothing off the page or across the tear line.
//
// Bars are whole dots of the printer, at x on its dot grid: so a Page is laid out for one resolution.
package label
