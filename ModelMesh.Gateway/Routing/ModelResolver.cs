using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Routing;

/// <summary>From a request to where it may be served, by the catalog this gateway has, and by the store when that does not do.</summary>
internal sealed class ModelResolver(ICatalog catalog, IMeshFigures figures, TimeProvider time)
{
    private static readonly Func<double> Roll = Random.Shared.NextDouble;
    private volatile ReadyVersions _ready = new(MeshFigures.Empty);

    /// <summary>What is not known may have been registered or configured a moment ago: the store is asked before the answer is no.</summary>
    /// <exception cref="MeshException">
    /// <c>model_not_found</c>, <c>invalid_request</c> where no model is named and nothing routes such requests, or <c>store_unavailable</c> when the store could not be asked.
    /// </exception>
    public ValueTask<RoutePlan> ResolveAsync(ModelRequest request, CallTraits traits, CancellationToken cancellationToken) =>
        catalog.Current is var snapshot && PlanOf(Decide(snapshot, Describe(snapshot, request, traits))) is { } plan ? ValueTask.FromResult(plan) : new(ResolveAnewAsync(request, traits, cancellationToken));

    /// <summary>Resolves by what the store holds now.</summary>
    /// <inheritdoc cref="ResolveAsync" path="/exception"/>
    public async Task<RoutePlan> ResolveAnewAsync(ModelRequest request, CallTraits traits, CancellationToken cancellationToken)
    {
        var snapshot = await catalog.RefreshAsync(cancellationToken);
        var described = Describe(snapshot, request, traits);
        var decision = Decide(snapshot, described);
        return PlanOf(decision) ?? throw RoutingRefusal.For(snapshot, described, decision.By);
    }

    private static RoutePlan? PlanOf(RoutingDecision decision) =>
        decision.Routes.IsEmpty ? null : new RoutePlan([.. decision.Routes.Select(route => new ModelRoute(route.Model, route.Adapter, route.IsNamed))]);

    private RoutingDecision Decide(CatalogSnapshot snapshot, RoutingRequest request) => Router.Decide(snapshot, request, Ready(), Roll);

    private RoutingRequest Describe(CatalogSnapshot snapshot, ModelRequest request, CallTraits traits)
    {
        // What has to be made for rules alone is not, where there are none.
        var hasRules = !snapshot.Traffic.Rules.IsEmpty;
        return new()
        {
            Model = request.Model,
            IsReference = request.IsReference,
            DefaultTag = request.DefaultTag,
            Version = request.Version,
            HashKey = request.HashKey ?? traits.HashKey,
            Demanded = request.Hints.Capabilities.Count == 0 ? traits.Capabilities : [.. request.Hints.Capabilities.Union(traits.Capabilities, StringComparer.Ordinal)],
            Implied = request.ImpliedCapabilities,
            PromptLength = hasRules ? request.PromptLength : null,
            UserTier = traits.Tier ?? (traits.IsTrusted ? request.Hints.UserTier : null),
            Header = hasRules ? traits.Header : null,
            Labels = traits.Labels,
            Metadata = request.Hints.Metadata,
            Time = hasRules ? time.GetUtcNow() : default,
        };
    }

    // Two requests may both make it anew; either is as good.
    private Func<ModelVersion, bool> Ready()
    {
        var current = figures.Current;
        var ready = _ready;
        if (ready.Figures != current)
        {
            _ready = ready = new ReadyVersions(current);
        }

        return ready.Contains;
    }
}
