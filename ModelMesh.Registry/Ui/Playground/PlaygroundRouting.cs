using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>Where a request of the playground goes, decided by the code that decides in gateways.</summary>
internal sealed class PlaygroundRouting(ICatalog catalog, IBackendTypes backends, TimeProvider time)
{
    /// <exception cref="MeshException">It goes nowhere: <c>model_not_found</c> or <c>invalid_request</c>.</exception>
    public async Task<RoutingDecision> DecideAsync(PlaygroundRequest request, CancellationToken cancellationToken)
    {
        var asked = new RoutingRequest
        {
            Model = request.Model,
            IsReference = request.Version is null,
            Version = request.Version,
            PromptLength = () => request.Length,
            Time = time.GetUtcNow(),
        };
        var decision = Decide(catalog.Current, asked);
        if (!decision.Routes.IsEmpty)
        {
            return decision;
        }

        // What another replica has just registered is not said to be unknown.
        var newest = await catalog.RefreshAsync(cancellationToken);
        decision = Decide(newest, asked);
        return decision.Routes.IsEmpty ? throw RoutingRefusal.For(newest, asked, decision.By) : decision;
    }

    private RoutingDecision Decide(CatalogSnapshot snapshot, RoutingRequest request) => Router.Decide(
        snapshot, request, model => backends.StatusOf(model).State is not ("pending" or "loading" or "failed"), Random.Shared.NextDouble);
}
