// Package storetest is the suite that every store passes. A store runs it in one test:
//
//	storetest.Run(t, func(t *testing.T) storetest.Store { … a new, empty store, closed by t.Cleanup … })
//
// It asks for nothing but what the contracts of app, app/outbox and platform say, so that stores may differ inside.
package storetest
