using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// The versions that have a capability and take requests which name none: the cheapest first, of equals by name, then by version (ordinal). Made once of each snapshot, by the first
/// request that asks, so that no other looks at the whole catalog. Immutable.
/// </summary>
internal sealed class CapabilityIndex
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, CapabilityIndex> Made = new();
    private readonly FrozenDictionary<string, ImmutableArray<ModelVersion>> _byCapability;

    private CapabilityIndex(CatalogSnapshot catalog) => _byCapability = catalog.All
        .Where(model => VersionSplit.WhyNot(model) is null)
        .OrderBy(model => model.Cost)
        .ThenBy(model => model.Name, StringComparer.Ordinal)
        .ThenBy(model => model.Version, StringComparer.Ordinal)
        .SelectMany(model => model.Capabilities.Distinct(StringComparer.Ordinal), (model, capability) => (model, capability))
        .GroupBy(one => one.capability, one => one.model, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);

    public static CapabilityIndex Of(CatalogSnapshot catalog) => Made.GetValue(catalog, static made => new CapabilityIndex(made));

    /// <summary>Empty where none has it.</summary>
    public ImmutableArray<ModelVersion> Having(string capability) => _byCapability.GetValueOrDefault(capability, []);
}
