using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>Why one route of a plan did not serve.</summary>
internal sealed record RouteFailure(ModelId Model, MeshException Error);
