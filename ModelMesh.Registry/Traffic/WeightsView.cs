using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>One version's part in the traffic of its name.</summary>
/// <param name="Share">In percent of the requests that name no version.</param>
internal sealed record WeightView(string Version, int Weight, double Share, bool Shadow, bool Draining);

/// <summary>How the versions of a model share its traffic.</summary>
/// <param name="Revision">The newest revision of any of them, changes of weights among them.</param>
internal sealed record WeightsView(string Name, IReadOnlyList<WeightView> Versions, long Revision)
{
    public static WeightsView Of(CatalogSnapshot catalog, string name)
    {
        var shares = VersionShares.Of(catalog, name);
        return new WeightsView(
            name,
            [.. shares.Select(share => new WeightView(share.Model.Version, share.Model.Weight, share.Percent, share.Model.Shadow, share.Model.Draining))],
            shares.Max(share => Math.Max(share.Model.Revision, share.Model.WeightRevision)));
    }
}
