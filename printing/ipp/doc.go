// Package ipp prints through the Internet Printing Protocol (RFC 8010, 8011), straight to a printer or through CUPS.
//
// A job is opened with Create-Job and filled with Send-Document, so that its id is on disk before a page can come out.
// The device id that Begin gives, "17-20-u3f2a9c1e", holds the printer's job id, the pages announced and a mark of the
// job's UUID: a printer that was switched off counts its jobs from 1 again, and must not answer for another job.
//
// What counts as evidence of paper (JobStatus):
//   - Straight: job-impressions-completed pages are printed and the next one is in doubt; a job completed without an
//     error is printed as a whole. The proof is paper. If a printer never counts, all pages of a job that began and did
//     not complete are in doubt.
//   - Through a spooler (CUPS, Windows): impressions are pages filtered, and a cancelled job is called so while the
//     printer goes on. Only "completed" without error reasons counts, as proof of the spooler; else all is in doubt.
//
// Plain ipp:// is not encrypted: it is for the bench's own machine and network. ipps:// is verified against the system's
// authorities, or against the printer's own certificate named by "?fingerprint=" and its SHA-256 in hex.
package ipp
