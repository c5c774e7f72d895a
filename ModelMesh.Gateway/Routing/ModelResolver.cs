using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Routing;

/// <summary>From a request to the model version that serves it, by the catalog this gateway has, and by the store when that does not do.</summary>
internal sealed class ModelResolver(ICatalog catalog)
{
    /// <summary>A model that is not known may have been registered a moment ago: the store is asked before the answer is no.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, or <c>store_unavailable</c> when the store could not be asked.</exception>
    public ValueTask<ModelVersion> ResolveAsync(ModelRequest request, CancellationToken cancellationToken) =>
        Choose(catalog.Current, request) is { } model ? ValueTask.FromResult(model) : new(ResolveAnewAsync(request, cancellationToken));

    /// <summary>Resolves by what the store holds now.</summary>
    /// <inheritdoc cref="ResolveAsync" path="/exception"/>
    public async Task<ModelVersion> ResolveAnewAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        var snapshot = await catalog.RefreshAsync(cancellationToken);
        return Choose(snapshot, request) ?? throw NotFoundMessage.For(snapshot, request.Model, request.Version);
    }

    private static ModelVersion? Choose(CatalogSnapshot snapshot, ModelRequest request) =>
        VersionChoice.Choose(snapshot.VersionsOf(request.Model), request.Version, request.HashKey, Random.Shared.NextDouble());
}
