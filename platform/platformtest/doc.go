// Package platformtest is the contract of package platform as tests. An adapter passes it in a test of its own:
//
//	platformtest.Run(t, platformtest.Harness{
//		Open:  func(c platform.Config) (platform.Shop, error) { return fengchao.New(c) },
//		Start: startSandbox, // the simulated platform as a platformtest.Peer
//	})
//
// Between adapter and peer the suite puts a Tap, a real HTTP server that passes everything on and can spoil an exchange
// in ways that every protocol must survive: cut before or after the work, half a reply, no JSON, another shape, the
// answers of another call, a flood, a drip. What is a matter of the platform's own words (a refusal, a rate limit) the
// peer does. Abilities that an adapter lacks are left out; those that it has are tested whole.
package platformtest
