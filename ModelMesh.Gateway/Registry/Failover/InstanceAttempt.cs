namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>Sends a request to one instance. It gives the instance's use back, and tells the turn's pass where it is answered.</summary>
internal delegate Task<T> InstanceAttempt<T>(RegistryInstance instance, RouteTurn turn, CancellationToken cancellationToken);
