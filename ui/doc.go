// Package ui is the window of the packing bench.
//
// Every page declares the narrow interface it needs of the station and shows what that gives; it decides nothing. Three
// rules hold everywhere:
//
//   - All widgets and models here belong to Fyne's goroutine. Whatever takes time runs behind the backstage, with a
//     deadline, and its result comes back through the backstage. Nothing else crosses.
//   - The keyboard belongs to the scan field. A scanner is a keyboard, so no click may leave the focus elsewhere, and
//     keys that arrive elsewhere are handed on to it.
//   - Scanning alone never prints. Only the print button and F9 do, and a second copy needs the explicit question on
//     the printed page.
//
// The package does not import fyne.io/fyne/v2/app: main makes the app, so that tests need no window system.
package ui
