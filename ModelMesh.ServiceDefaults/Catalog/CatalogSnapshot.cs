using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Traffic;

namespace ModelMesh.ServiceDefaults.Catalog;

/// <summary>The catalog at one revision. Immutable; a change shares all it did not touch with the snapshot before.</summary>
public sealed class CatalogSnapshot
{
    private readonly ImmutableDictionary<string, ImmutableArray<ModelVersion>> _byName;

    private CatalogSnapshot(long revision, ImmutableDictionary<string, ImmutableArray<ModelVersion>> byName, TrafficSnapshot traffic)
    {
        Revision = revision;
        _byName = byName;
        Traffic = traffic;
    }

    public static CatalogSnapshot Empty { get; } = new(0, ImmutableDictionary.Create<string, ImmutableArray<ModelVersion>>(StringComparer.Ordinal), TrafficSnapshot.Empty);

    public long Revision { get; }

    /// <summary>What else the catalog holds.</summary>
    public TrafficSnapshot Traffic { get; }

    /// <summary>Every model version, in no particular order. Put together at the first call and kept; two first calls at once may both do it.</summary>
    public IReadOnlyList<ModelVersion> All => field ??= [.. _byName.SelectMany(named => named.Value)];

    /// <summary>Every model's name once, in ordinal order. Sorted at the first call and kept; two first calls at once may both sort.</summary>
    public IReadOnlyList<string> Names => field ??= [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public static CatalogSnapshot Create(long revision, IEnumerable<ModelVersion> models, TrafficSnapshot? traffic = null) => new(
        revision,
        models.GroupBy(model => model.Name, StringComparer.Ordinal).ToImmutableDictionary(group => group.Key, Sorted, StringComparer.Ordinal),
        traffic ?? TrafficSnapshot.Empty);

    /// <summary>The versions registered under a name, ordered by version (ordinal); empty when there are none.</summary>
    public ImmutableArray<ModelVersion> VersionsOf(string name) => _byName.TryGetValue(name, out var versions) ? versions : [];

    public ModelVersion? Find(ModelId id)
    {
        foreach (var model in VersionsOf(id.Name))
        {
            if (string.Equals(model.Version, id.Version, StringComparison.Ordinal))
            {
                return model;
            }
        }

        return null;
    }

    public CatalogSnapshot With(long revision, ModelVersion model) =>
        new(revision, _byName.SetItem(model.Name, Sorted(VersionsOf(model.Name).Where(other => other.Id != model.Id).Append(model))), Traffic);

    public CatalogSnapshot Without(long revision, ModelId id)
    {
        var left = VersionsOf(id.Name).RemoveAll(model => model.Id == id);
        return new(revision, left.IsEmpty ? _byName.Remove(id.Name) : _byName.SetItem(id.Name, left), Traffic);
    }

    public CatalogSnapshot With(long revision, TrafficSnapshot traffic) => new(revision, _byName, traffic);

    private static ImmutableArray<ModelVersion> Sorted(IEnumerable<ModelVersion> versions) =>
        [.. versions.OrderBy(model => model.Version, StringComparer.Ordinal)];
}
