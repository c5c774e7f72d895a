using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>Who keeps a model version from being deleted. The scripts decide, at the same moment as they remove; this says it of a snapshot, before a gate is closed for nothing.</summary>
internal static class Referrers
{
    /// <summary>
    /// The entries that refer to a version: 1. none to one that drains, which is being deleted already; 2. those that name the version; 3. those that
    /// name the model, when no other version of it would be left to serve, whatever its weight: a rollout may raise that.
    /// </summary>
    public static ReferrerList Of(CatalogSnapshot catalog, ModelVersion model)
    {
        // 1.
        if (model.Draining)
        {
            return ReferrerList.None;
        }

        // 2. and 3.
        var isLast = !catalog.VersionsOf(model.Name).Any(other => other.Id != model.Id && TargetFaults.Serves(other));
        return ReferrerList.Of(catalog.Traffic.Entries
            .Where(entry => TrafficReference.Of(entry.Value).Any(reference => Names(reference.Target, model.Id, isLast)))
            .Select(entry => entry.Key.ToString()));
    }

    public static MeshException Conflict(string what, ReferrerList referrers)
    {
        List<(TrafficId? Entry, string Id)> first = [.. referrers.First.Select(id => (TrafficId.TryParse(id, out var entry) ? entry : (TrafficId?)null, id))];
        var more = referrers.Count > first.Count ? $" and {referrers.Count - first.Count} more" : "";
        var rollouts = first.Count(item => item.Entry?.Kind == TrafficKinds.Rollout);
        var advice = rollouts == 0 ? "Change or delete that first." : rollouts == referrers.Count ? "Abort that first." : "Change or delete that first, and abort the rollout.";
        return new MeshException(
            ErrorCode.Conflict,
            $"{what} cannot be deleted: {string.Join(", ", first.Select(item => item.Entry is { } entry ? LowerLabel(entry) : item.Id))}{more} {(referrers.Count == 1 ? "refers" : "refer")} to it. {advice}");
    }

    private static bool Names(ModelTarget target, ModelId id, bool isLast) =>
        string.Equals(target.Model, id.Name, StringComparison.Ordinal)
        && (target.Version is { } version ? string.Equals(version, id.Version, StringComparison.Ordinal) : isLast);

    private static string LowerLabel(TrafficId id) => id.Kind == TrafficKinds.Routing ? "the routing" : $"{id.Kind} '{id.Name}'";
}
