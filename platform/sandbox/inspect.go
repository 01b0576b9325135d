package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// serveInspection adds what trainers and tests use and no platform has: it shows the world and changes it.
func (w *World) serveInspection(mux *http.ServeMux) {
	mux.HandleFunc("GET /sandbox/state", func(rw http.ResponseWriter, _ *http.Request) {
		writeJSON(rw, http.StatusOK, w.Snapshot())
	})
	mux.HandleFunc("GET /sandbox/faults", func(rw http.ResponseWriter, _ *http.Request) {
		writeJSON(rw, http.StatusOK, w.Faults())
	})
	mux.HandleFunc("PUT /sandbox/faults", w.putFaults)
	for path, do := range map[string]func(string) error{
		"POST /sandbox/refund": w.RefundOrder, "POST /sandbox/close": w.CloseOrder, "POST /sandbox/mend": w.MendOrder,
	} {
		mux.HandleFunc(path, func(rw http.ResponseWriter, r *http.Request) {
			if err := do(r.URL.Query().Get("order")); err != nil {
				writeJSON(rw, http.StatusNotFound, map[string]string{"error": err.Error()})
				return
			}
			writeJSON(rw, http.StatusOK, map[string]string{"order": r.URL.Query().Get("order")})
		})
	}
	mux.HandleFunc("POST /sandbox/order", func(rw http.ResponseWriter, _ *http.Request) {
		id, err := w.AddOrder(NewOrder{})
		if err != nil {
			writeJSON(rw, http.StatusInternalServerError, map[string]string{"error": err.Error()})
			return
		}
		writeJSON(rw, http.StatusOK, map[string]string{"order": id})
	})
}

// putFaults replaces all faults. A misspelt name is an error: a fault that silently does not strike teaches nothing.
func (w *World) putFaults(rw http.ResponseWriter, r *http.Request) {
	var f Faults
	d := json.NewDecoder(http.MaxBytesReader(rw, r.Body, 1<<20))
	d.DisallowUnknownFields()
	err := d.Decode(&f)
	if err == nil {
		err = f.Validate()
	} else {
		err = fmt.Errorf("sandbox: faults: %w", err)
	}
	if err != nil {
		writeJSON(rw, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	w.SetFaults(f)
	writeJSON(rw, http.StatusOK, f)
}

func writeJSON(rw http.ResponseWriter, status int, v any) {
	body, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	writeReply(rw, status, append(body, '\n'))
}
