namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What an attempt brought, and the turn that it was.</summary>
internal sealed record Served<T>(T Answer, RouteTurn Turn);
