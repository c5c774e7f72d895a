using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>A route that did not serve a request.</summary>
internal sealed record FailedRoute(ModelRoute Route, MeshException Error)
{
    /// <summary>Whether the other would be the same once more. A newer revision may be what mends it.</summary>
    public bool IsOf(ModelRoute other) =>
        Route.Model.Id == other.Model.Id && Route.Model.Revision == other.Model.Revision && string.Equals(Route.Adapter, other.Adapter, StringComparison.Ordinal);
}
