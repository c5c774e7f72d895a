using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>Notes of each version of a model why it is in the list of routes or not. Nothing where nobody wants to know.</summary>
internal static class RouteNotes
{
    private const string LacksCapability = "left out: it lacks a capability that the request needs";

    /// <param name="candidates">The versions that share the model's requests.</param>
    /// <param name="routes">The list so far.</param>
    /// <param name="listedBefore">How long it was before this model.</param>
    public static void Note(
        RoutingInputs inputs, Destination target, ImmutableArray<ModelVersion> candidates, ImmutableArray<RoutedVersion>.Builder routes, int listedBefore, bool isFallback)
    {
        if (inputs.Trace is not { } trace)
        {
            return;
        }

        var weights = target.Version is null ? candidates.Sum(model => (double)model.Weight) : 0;
        foreach (var model in inputs.Catalog.VersionsOf(target.Name))
        {
            var isCandidate = candidates.Contains(model);
            var place = isCandidate ? PlaceOf(routes, model) : -1;
            trace.Version(new VersionTrace(
                model.Name,
                model.Version,
                place < 0 ? null : place + 1,
                isCandidate && weights > 0 ? model.Weight / weights : null,
                !isCandidate ? WhyNoCandidate(target, model) : place < 0 ? LacksCapability : Place(place, listedBefore, isFallback)));
        }
    }

    private static int PlaceOf(ImmutableArray<RoutedVersion>.Builder routes, ModelVersion model)
    {
        var place = routes.Count - 1;
        while (place >= 0 && routes[place].Model.Id != model.Id)
        {
            place--;
        }

        return place;
    }

    private static string Place(int place, int listedBefore, bool isFallback) =>
        place < listedBefore ? "is in the list already"
        : place == 0 ? "is tried first"
        : isFallback ? "is tried as a fallback"
        : "is tried when the first cannot serve";

    private static string WhyNoCandidate(Destination target, ModelVersion model) => model switch
    {
        _ when target.Version is { } version && model.Version != version => $"left out: version '{version}' is asked for",
        _ when target.Adapter.Length > 0 && !model.Adapters.Contains(target.Adapter, StringComparer.Ordinal) => $"left out: it has no adapter '{target.Adapter}'",
        _ when VersionSplit.WhyNot(model) is { } reason => $"left out: it {reason}",
        _ when !target.Versions.Contains(model) => LacksCapability,
        _ => "left out: it is not ready",
    };
}
