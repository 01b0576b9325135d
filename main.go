// Command printstation is a print station for the packing bench (电子面单打单工作站): it takes pending orders to waybills,
// labels and shipment confirmations, in a window or without one.
package main

import (
	"context"
	"os"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"printstation/platform"
	"printstation/platform/fengchao"
	"printstation/printing"
	"printstation/printing/folder"
	"printstation/printing/ipp"
	"printstation/ui/launch"
)

// appID is the program's name towards the desktop; FyneApp.toml has it too.
const appID = "com.printstation.desk"

// version is set when the program is built.
var version = "dev"

// adapters lists the platforms that the program speaks to. A new one is a folder below platform and a line here.
func adapters() []platform.Opener {
	return []platform.Opener{
		fengchao.Opener(),
	}
}

// printers lists the ways to paper.
func printers() []printing.Opener {
	return append([]printing.Opener{folder.Opener()}, ipp.Openers()...)
}

func main() {
	os.Exit(launch.Run(context.Background(), launch.Parts{
		Version:  version,
		Adapters: adapters(),
		Printers: printers(),
		NewApp:   func() fyne.App { return fyneapp.NewWithID(appID) },
	}, os.Args[1:]))
}
