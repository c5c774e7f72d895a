using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Routing;

/// <summary>
/// Which version of a model serves a request. Null when none does.
/// 1. A version that is named is taken, shadow or draining: whether it admits anything is the registry's answer, not ours.
/// 2. Otherwise the candidates are the versions that are neither shadow nor draining and have a weight.
/// 3. A hash key takes the version it belongs to.
/// 4. Else the roll decides, by weight.
/// </summary>
internal static class VersionChoice
{
    public static ModelVersion? Choose(IReadOnlyList<ModelVersion> versions, string? version, string? hashKey, double roll)
    {
        // 1
        if (version is not null)
        {
            return versions.FirstOrDefault(model => model.Version == version);
        }

        // 2
        var candidates = versions.Where(model => model is { Shadow: false, Draining: false, Weight: > 0 }).ToArray();
        if (candidates.Length < 2)
        {
            return candidates.FirstOrDefault();
        }

        // 3, 4
        return hashKey is not null ? WeightedRendezvous.Pick(hashKey, candidates) : WeightedSplit.Pick(roll, candidates);
    }
}
