namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What the choice of a route looks at.</summary>
/// <param name="Taken">Whether the request was sent there already.</param>
/// <param name="Admits">Whether the version's circuit breaker lets a request through.</param>
internal readonly record struct RouteView(bool Taken, bool Admits);
