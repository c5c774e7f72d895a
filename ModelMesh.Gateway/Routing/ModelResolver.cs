using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Routing;

/// <summary>From a request to the model version that serves it, by the catalog this gateway has, and by the store when that does not do.</summary>
internal sealed class ModelResolver(ICatalog catalog)
{
    // Each sign that may part a name is a reading more. No real name has as many.
    private const int MaxReadings = 64;

    /// <summary>A model that is not known may have been registered a moment ago: the store is asked before the answer is no.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, or <c>store_unavailable</c> when the store could not be asked.</exception>
    public ValueTask<RoutePlan> ResolveAsync(ModelRequest request, CallTraits traits, CancellationToken cancellationToken) =>
        Choose(catalog.Current, request, traits) is { } plan ? ValueTask.FromResult(plan) : new(ResolveAnewAsync(request, traits, cancellationToken));

    /// <summary>Resolves by what the store holds now.</summary>
    /// <inheritdoc cref="ResolveAsync" path="/exception"/>
    public async Task<RoutePlan> ResolveAnewAsync(ModelRequest request, CallTraits traits, CancellationToken cancellationToken)
    {
        var snapshot = await catalog.RefreshAsync(cancellationToken);
        return Choose(snapshot, request, traits) ?? throw NotFoundMessage.For(snapshot, Nearest(snapshot, request));
    }

    private static RoutePlan? Choose(CatalogSnapshot snapshot, ModelRequest request, CallTraits traits)
    {
        foreach (var reading in Readings(request))
        {
            var version = VersionChoice.Choose(Serving(snapshot, reading), reading.Version, request.HashKey ?? traits.HashKey, Random.Shared.NextDouble());
            if (version is not null)
            {
                return RoutePlan.Of(new ModelRoute(version, reading.Adapter, reading.Version is not null));
            }
        }

        return null;
    }

    private static IEnumerable<ModelReference> Readings(ModelRequest request)
    {
        if (!request.IsReference)
        {
            return [new ModelReference(request.Model, request.Version, "")];
        }

        // A version that is given beside the reference is the version: what else the reference says can only be an adapter.
        var readings = ModelReference.Readings(request.Model).Take(MaxReadings);
        if (request.DefaultTag is { } tag && request.Model.Length > tag.Length && request.Model.EndsWith(tag, StringComparison.Ordinal))
        {
            readings = readings.Concat(ModelReference.Readings(request.Model[..^tag.Length]).Take(MaxReadings));
        }

        return request.Version is not { } version ? readings : readings.Where(reading => reading.Version is null).Select(reading => reading with { Version = version });
    }

    private static ImmutableArray<ModelVersion> Serving(CatalogSnapshot snapshot, ModelReference reading)
    {
        var versions = snapshot.VersionsOf(reading.Name);
        return reading.Adapter.Length == 0 ? versions : versions.RemoveAll(model => !model.Adapters.Contains(reading.Adapter, StringComparer.Ordinal));
    }

    // What a client is told is of the model it came nearest to.
    private static ModelReference Nearest(CatalogSnapshot snapshot, ModelRequest request) =>
        Readings(request).Cast<ModelReference?>().FirstOrDefault(reading => !snapshot.VersionsOf(reading!.Value.Name).IsEmpty) ?? Readings(request).First();
}
