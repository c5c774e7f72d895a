using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>The 404 of a request that no version serves: what was asked for, and what there is instead.</summary>
public static class NotFoundMessage
{
    private const int MaxListed = 20;

    public static MeshException For(CatalogSnapshot catalog, ModelReference asked)
    {
        var versions = catalog.VersionsOf(asked.Name);
        if (versions.IsEmpty && catalog.Traffic.Aliases.TryGetValue(asked.Name, out var alias))
        {
            if (asked.Version is not null && alias.Target.Version is { } own)
            {
                return new MeshException(
                    ErrorCode.ModelNotFound, $"The alias '{asked.Name}' stands for version '{own}' of model '{alias.Target.Model}', and no other version can be named beside it; name the model itself.");
            }

            asked = asked with { Name = alias.Target.Model, Version = asked.Version ?? alias.Target.Version };
            versions = catalog.VersionsOf(asked.Name);
        }

        return new MeshException(ErrorCode.ModelNotFound, versions.IsEmpty
            ? $"Model '{asked.Name}' is not registered. {Existing("Registered", catalog.Names, catalog.Names.Count)}{Aliases(catalog)}"
            : Of(asked, versions));
    }

    private static string Aliases(CatalogSnapshot catalog) =>
        catalog.Traffic.Aliases is { Count: > 0 } aliases ? $" {Existing("Aliases", aliases.Keys.Order(StringComparer.Ordinal), aliases.Count)}" : "";

    private static string Of(ModelReference asked, ImmutableArray<ModelVersion> versions)
    {
        var existing = Existing("Its versions", versions.Select(other => other.Version), versions.Length);
        if (asked.Version is not null && versions.All(other => other.Version != asked.Version))
        {
            return $"Model '{asked.Name}' has no version '{asked.Version}'. {existing}";
        }

        var adapters = versions.Where(other => asked.Version is null || other.Version == asked.Version).SelectMany(other => other.Adapters).Distinct(StringComparer.Ordinal).ToArray();
        if (asked.Adapter.Length > 0 && !adapters.Contains(asked.Adapter, StringComparer.Ordinal))
        {
            return $"Model '{asked.Name}' has no adapter '{asked.Adapter}'. {Existing("Its adapters", adapters, adapters.Length)}";
        }

        const string Reason = "takes requests that name none: each is a shadow, is draining or has the weight 0.";
        if (asked.Adapter.Length == 0)
        {
            return $"No version of model '{asked.Name}' {Reason} {existing}";
        }

        var having = versions.RemoveAll(other => !other.Adapters.Contains(asked.Adapter, StringComparer.Ordinal));
        return $"No version of model '{asked.Name}' with the adapter '{asked.Adapter}' {Reason} {Existing("They are", having.Select(other => other.Version), having.Length)}";
    }

    private static string Existing(string what, IEnumerable<string> names, int count) => count == 0
        ? $"{what}: none."
        : $"{what}: {string.Join(", ", names.Take(MaxListed))}{(count > MaxListed ? $" and {count - MaxListed} more" : "")}.";
}
