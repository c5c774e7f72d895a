using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>What a name or an alias stands for.</summary>
/// <param name="Asked">The name or alias that was looked up.</param>
/// <param name="Name">The model's name: another than <paramref name="Asked"/> where that is an alias.</param>
/// <param name="Version">The one version that is meant; null: its versions share.</param>
/// <param name="Adapter">Empty for the model itself.</param>
/// <param name="Versions">Those that fit version and adapter; at least one.</param>
public sealed record Destination(string Asked, string Name, string? Version, string Adapter, ImmutableArray<ModelVersion> Versions)
{
    /// <summary>
    /// Null where there is no such thing.
    /// 1. A model's name goes before an alias of the same name.
    /// 2. An alias that names a version cannot be asked for another, nor for that one.
    /// 3. Of the versions those that have the adapter, and the one that is named.
    /// </summary>
    public static Destination? Of(CatalogSnapshot catalog, string name, string? version, string adapter)
    {
        // 1
        var (model, versions) = (name, catalog.VersionsOf(name));
        if (versions.IsEmpty)
        {
            if (!catalog.Traffic.Aliases.TryGetValue(name, out var alias) || (version is not null && alias.Target.Version is not null))
            {
                // 2
                return null;
            }

            (model, version) = (alias.Target.Model, version ?? alias.Target.Version);
            versions = catalog.VersionsOf(model);
        }

        // 3
        if (adapter.Length > 0)
        {
            versions = versions.RemoveAll(other => !other.Adapters.Contains(adapter, StringComparer.Ordinal));
        }

        if (version is not null)
        {
            versions = versions.RemoveAll(other => !string.Equals(other.Version, version, StringComparison.Ordinal));
        }

        return versions.IsEmpty ? null : new Destination(name, model, version, adapter, versions);
    }

    public static Destination? Of(CatalogSnapshot catalog, ModelTarget target, string adapter) => Of(catalog, target.Model, target.Version, adapter);

    /// <summary>The versions that may serve it; empty where none takes requests that name none.</summary>
    public ImmutableArray<ModelVersion> Candidates(Func<ModelVersion, bool> isReady) => VersionSplit.Candidates(Versions, Version is not null, isReady);
}
