using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>Who keeps a model version from being deleted. The scripts decide, at the same moment as they remove; this says it of a snapshot, before a gate is closed for nothing.</summary>
internal static class Referrers
{
    // Enough to see what is to be changed first.
    private const int MostNamed = 10;

    /// <summary>
    /// The ids of the entries that refer to a version, sorted: 1. none to one that drains, which is being deleted already; 2. those that name the version; 3. those that
    /// name the model, when no other version of it would be left to serve.
    /// </summary>
    public static IReadOnlyList<string> Of(CatalogSnapshot catalog, ModelVersion model)
    {
        // 1.
        if (model.Draining)
        {
            return [];
        }

        // 2. and 3.
        var isLast = !catalog.VersionsOf(model.Name).Any(other => other.Id != model.Id && !other.Draining);
        return [.. catalog.Traffic.Entries
            .Where(entry => TrafficReference.Of(entry.Value).Any(reference => Names(reference.Target, model.Id, isLast)))
            .Select(entry => entry.Key.ToString())
            .Order(StringComparer.Ordinal)];
    }

    public static MeshException Conflict(string what, IReadOnlyList<string> ids)
    {
        var named = ids.Take(MostNamed).Select(id => TrafficId.TryParse(id, out var entry) ? LowerLabel(entry) : id);
        return new MeshException(
            ErrorCode.Conflict,
            $"{what} cannot be deleted: {string.Join(", ", named)}{(ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "")} {(ids.Count == 1 ? "refers" : "refer")} to it. Change or delete that first.");
    }

    private static bool Names(ModelTarget target, ModelId id, bool isLast) =>
        string.Equals(target.Model, id.Name, StringComparison.Ordinal)
        && (target.Version is { } version ? string.Equals(version, id.Version, StringComparison.Ordinal) : isLast);

    private static string LowerLabel(TrafficId id) => id.Kind == TrafficKinds.Routing ? "the routing" : $"{id.Kind} '{id.Name}'";
}
