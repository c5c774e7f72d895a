using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>How the weights of a name's versions share its traffic. What is not ready at the moment takes part here, though requests go around it.</summary>
internal static class VersionShares
{
    /// <summary>The share of each version in percent, to two places; 0 for one that takes none.</summary>
    public static IReadOnlyList<(ModelVersion Model, double Percent)> Of(CatalogSnapshot catalog, string name)
    {
        var versions = catalog.VersionsOf(name);
        var sum = versions.Sum(model => (double)Counting(model));
        return [.. versions.Select(model => (model, sum == 0 ? 0 : Math.Round(100 * Counting(model) / sum, 2)))];
    }

    private static int Counting(ModelVersion model) => model.Shadow || model.Draining ? 0 : model.Weight;
}
