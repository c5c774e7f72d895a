using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>All that one decision is made of.</summary>
/// <param name="IsReady">Whether a version is thought to be able to serve.</param>
/// <param name="Roll">In [0, 1), another one at each call; null: the heaviest is taken.</param>
/// <param name="Trace">Where reasons are noted down; null where nobody wants to know.</param>
internal sealed record RoutingInputs(CatalogSnapshot Catalog, RoutingRequest Request, Func<ModelVersion, bool> IsReady, Func<double>? Roll, RoutingTrace? Trace)
{
    public bool IsGuess => Request.HashKey is null && Roll is null;
}
