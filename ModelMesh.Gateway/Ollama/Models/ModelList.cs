using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>
/// The names by which a client can ask for something: models in ordinal order of their names, then aliases.
/// 1. A model, if one of its versions takes requests that name none.
/// 2. Its adapters, as <c>name:adapter</c>.
/// 3. Aliases of models and versions that take requests.
/// 4. Versions that take only requests that name them, as <c>name@version</c>; not those that drain.
/// </summary>
internal static class ModelList
{
    public static IEnumerable<ListedModel> Of(CatalogSnapshot catalog) => catalog.Names.SelectMany(name => Of(name, catalog.VersionsOf(name))).Concat(Aliases(catalog));

    // 3
    private static IEnumerable<ListedModel> Aliases(CatalogSnapshot catalog) => catalog.Traffic.Aliases.Keys.Order(StringComparer.Ordinal)
        .Select(alias => Destination.Of(catalog, alias, null, ""))
        .Where(found => found is not null && found.Asked != found.Name)
        .Select(found => (Alias: found!.Asked, Versions: found.Candidates(static _ => true)))
        .Where(listed => !listed.Versions.IsEmpty)
        .Select(listed => ListedModel.Of(listed.Alias, listed.Versions));

    private static IEnumerable<ListedModel> Of(string name, ImmutableArray<ModelVersion> versions)
    {
        var shared = versions.RemoveAll(model => model is { Shadow: true } or { Draining: true } or { Weight: <= 0 });
        if (shared.Length > 0)
        {
            // 1
            yield return ListedModel.Of(name, shared);

            // 2
            foreach (var adapter in shared.SelectMany(model => model.Adapters).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                yield return ListedModel.Of($"{name}:{adapter}", shared.RemoveAll(model => !model.Adapters.Contains(adapter, StringComparer.Ordinal)), name);
            }
        }

        // 4
        foreach (var version in versions.Where(model => !model.Draining && !shared.Contains(model)))
        {
            yield return ListedModel.Of($"{name}@{version.Version}", [version]);
        }
    }
}
