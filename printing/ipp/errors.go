package ipp

import (
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/OpenPrinting/goipp"

	"printstation/app/shipping"
	"printstation/printing"
)

// ippError is an answer whose IPP status is an error.
type ippError struct {
	status  goipp.Status
	message string
}

func (e *ippError) Error() string {
	if e.message == "" {
		return e.status.String()
	}
	return e.status.String() + " (" + e.message + ")"
}

// refused reports whether an error says that the printer surely did not act on the request.
func refused(err error) bool {
	var unsent *unsentError
	if errors.As(err, &unsent) {
		return true
	}
	var answer *statusError
	if errors.As(err, &answer) { // 3xx and 4xx; a 5xx may come from half way
		return answer.code >= 300 && answer.code < 500 && answer.code != http.StatusRequestTimeout
	}
	var status *ippError
	if !errors.As(err, &status) {
		return false
	}
	switch status.status {
	case goipp.StatusErrorNotPossible, goipp.StatusErrorTimeout, goipp.StatusErrorGone:
		return false // the job may hold a document already
	}
	return isClientError(status.status) || busy(status.status)
}

func isClientError(s goipp.Status) bool { return s >= 0x0400 && s < 0x0500 }

func busy(s goipp.Status) bool {
	return s == goipp.StatusErrorBusy || s == goipp.StatusErrorNotAcceptingJobs || s == goipp.StatusErrorTooManyJobs
}

// fault names the printer and the mend, and marks what callers branch on.
func (p *Printer) fault(op string, err error) error {
	var status *ippError
	if errors.As(err, &status) {
		switch {
		case status.status == goipp.StatusErrorNotFound || status.status == goipp.StatusErrorGone:
			err = fmt.Errorf("%w: %w", err, printing.ErrNoJob)
		case busy(status.status):
			err = fmt.Errorf("%w: %w", err, printing.ErrBusy)
		}
	}
	return &printing.Error{Op: "ipp: " + op, Reason: p.reason(err), Err: fmt.Errorf("%s: %w", p.client.uri, err)}
}

// unsent is fault for an error after which the printer surely holds no document of the job.
func (p *Printer) unsent(op string, err error) error {
	return p.fault(op, fmt.Errorf("%w: %w", printing.ErrNotSent, err))
}

// reason finds the sentence for people.
func (p *Printer) reason(err error) shipping.Reason {
	because := func(id string, pairs ...string) shipping.Reason {
		return shipping.Because(id, append([]string{"Printer", p.client.uri}, pairs...)...)
	}
	var (
		pin    *pinError
		cert   *tls.CertificateVerificationError
		dns    *net.DNSError
		answer *statusError
		status *ippError
		need   *needError
	)
	switch {
	case errors.As(err, &need):
		return because(need.id, need.pairs...)
	case errors.As(err, &pin):
		return because("printer.certificate_changed", "Fingerprint", fmt.Sprintf("%x", pin.seen))
	case errors.As(err, &cert) && len(cert.UnverifiedCertificates) > 0:
		sum := sha256.Sum256(cert.UnverifiedCertificates[0].Raw)
		return because("printer.certificate", "Fingerprint", fmt.Sprintf("%x", sum))
	case errors.As(err, &answer):
		return because(answerID(answer.code), "Code", fmt.Sprint(answer.code), "Location", answer.location)
	case errors.Is(err, printing.ErrBusy):
		return because("printer.busy")
	case errors.Is(err, printing.ErrNoJob):
		return because("printer.no_job")
	case errors.As(err, &status):
		return because("printer.refused", "Message", status.Error())
	case errors.Is(err, errNotIPP):
		return because("printer.not_ipp")
	case errors.As(err, &dns):
		return because("printer.unknown_host", "Host", dns.Name)
	}
	return because("printer.unreachable")
}

func answerID(code int) string {
	switch {
	case code >= 300 && code < 400:
		return "printer.moved"
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return "printer.password"
	case code == http.StatusUpgradeRequired:
		return "printer.needs_tls"
	case code == http.StatusNotFound:
		return "printer.no_queue"
	}
	return "printer.http"
}

// needError is something that the printer lacks.
type needError struct {
	id    string // of the words
	pairs []string
	text  string
}

func (e *needError) Error() string { return e.text }
