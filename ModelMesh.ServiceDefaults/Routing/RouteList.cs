using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// The order in which versions are tried.
/// 1. The version that the split chose, or the one that is named.
/// 2. The other versions of the split.
/// 3. Each fallback, resolved in the same way, with the adapter that the request names.
/// From 2 on a version is left out that is in the list already, or without which the answer would be another: it lacks a capability that is demanded, or one that is implied and
/// that the first version has.
/// </summary>
internal static class RouteList
{
    public static ImmutableArray<RoutedVersion> Build(RoutingInputs inputs, Destination target, bool isNamed, IEnumerable<ModelTarget> fallbacks)
    {
        var candidates = target.Candidates(inputs.IsReady);
        var split = VersionSplit.Order(candidates, inputs.Request.HashKey, inputs.Roll);
        if (candidates.Length > 1 && inputs.IsGuess)
        {
            inputs.Trace?.Guessed();
        }

        // 1
        var routes = ImmutableArray.CreateBuilder<RoutedVersion>(split.Length);
        routes.Add(new RoutedVersion(split[0], target.Adapter, isNamed));

        // 2
        var needed = Needed(inputs.Request, split[0]);
        Add(routes, split[1..], needed, target.Adapter);
        RouteNotes.Note(inputs, target, candidates, routes, listedBefore: 0, isFallback: false);

        // 3
        foreach (var fallback in fallbacks)
        {
            if (Destination.Of(inputs.Catalog, fallback, target.Adapter) is { } other)
            {
                var (sharing, before) = (other.Candidates(inputs.IsReady), routes.Count);
                var fitting = sharing.RemoveAll(model => !CapabilityChoice.HasAll(model, needed));
                Add(routes, fitting.IsEmpty ? fitting : VersionSplit.Order(fitting, inputs.Request.HashKey, inputs.Roll), needed, target.Adapter);
                RouteNotes.Note(inputs, other, sharing, routes, before, isFallback: true);
            }
            else
            {
                inputs.Trace?.Version(new VersionTrace(fallback.Model, fallback.Version, null, null, $"left out: the fallback {TargetText.Of(fallback, target.Adapter)} is not registered"));
            }
        }

        return routes.DrainToImmutable();
    }

    private static IReadOnlyList<string> Needed(RoutingRequest request, ModelVersion first) => request is { Demanded.Count: 0, Implied.Count: 0 }
        ? []
        : [.. request.Demanded.Union(request.Implied.Intersect(first.Capabilities, StringComparer.Ordinal), StringComparer.Ordinal)];

    private static void Add(ImmutableArray<RoutedVersion>.Builder routes, ImmutableArray<ModelVersion> models, IReadOnlyList<string> needed, string adapter)
    {
        foreach (var model in models)
        {
            if (CapabilityChoice.HasAll(model, needed) && !routes.Any(route => route.Model.Id == model.Id))
            {
                routes.Add(new RoutedVersion(model, adapter, false));
            }
        }
    }
}
