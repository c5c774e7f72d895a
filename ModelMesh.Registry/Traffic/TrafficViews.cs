using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>A version that traffic goes to.</summary>
/// <param name="Share">In percent.</param>
internal sealed record ShareView(string Model, string Version, double Share);

/// <summary>An alias as operators see it.</summary>
/// <param name="ResolvesTo">The versions that a request for it goes to now, by their weights.</param>
internal sealed record AliasView(
    string Name, ModelTarget Target, IReadOnlyList<ShareView> ResolvesTo, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static AliasView Of(Alias alias, CatalogSnapshot catalog)
    {
        var shares = alias.Target.Version is { } version
            ? [new ShareView(alias.Target.Model, version, 100)]
            : VersionShares.Of(catalog, alias.Target.Model).Where(share => share.Percent > 0).Select(share => new ShareView(share.Model.Name, share.Model.Version, share.Percent)).ToList();
        return new AliasView(alias.Name, alias.Target, shares, alias.Revision, alias.CreatedAt, alias.UpdatedAt);
    }
}

/// <summary>The routing as operators see it; without times as long as nobody wrote it.</summary>
internal sealed record RoutingView(
    ModelTarget? Default,
    IReadOnlyList<ModelTarget> Fallbacks,
    IReadOnlyDictionary<string, IReadOnlyList<ModelTarget>> ModelFallbacks,
    long Revision,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt)
{
    public static RoutingView Of(RoutingDefaults routing) => new(
        routing.Default, routing.Fallbacks, routing.ModelFallbacks, routing.Revision, routing.Revision == 0 ? null : routing.CreatedAt, routing.Revision == 0 ? null : routing.UpdatedAt);
}

/// <summary>A caller as operators see it.</summary>
/// <param name="KeySha256">The beginning of the hash: enough to tell keys apart.</param>
internal sealed record CallerView(string Name, string KeySha256, string Tier, int Priority, long Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    private const int Shown = 12;

    public static CallerView Of(Caller caller) =>
        new(caller.Name, $"{caller.KeySha256[..Shown]}…", caller.Tier, caller.Priority, caller.Revision, caller.CreatedAt, caller.UpdatedAt);
}
