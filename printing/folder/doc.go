// Package folder "prints" into a folder: each job becomes one PDF file, named after the job. It is the printer of the
// demo, of tests and of benches that hand their labels to another program.
//
// What a job has come to can be read off the folder at any time, whatever was cut short and when:
//
//	.J0000042.pdf.part       begun: nothing counts as printed, however much of the document is in it
//	.J0000042.pdf.cancelled  cancelled before it was sent
//	J0000042.pdf             printed, every page of it
//	none of these            not known here, or taken away by somebody: only a person can tell
//
// The one step that makes the second of a label is the renaming of the synced .part file. What is left behind by a
// power cut is told as held, and removed by Cancel or, in the end, by RemoveOlder.
//
// Caveats: labels are personal data though masked, so files are 0600 and a new folder 0700 where the system has modes.
// Network shares that do not honour fsync make the proof as weak as they are.
package folder
