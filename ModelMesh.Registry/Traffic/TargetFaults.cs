using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>What is wrong with where entries point. The scripts decide, at the same moment as they write; this says it of a snapshot, beside all other faults.</summary>
internal static class TargetFaults
{
    public static ErrorDetail Of(TrafficReference reference, bool mayBeAlias) => new(reference.Field, (reference.Target, mayBeAlias) switch
    {
        ({ Version: { } version, Model: var model }, _) => $"names version '{version}' of model '{model}', which is not registered or is draining",
        ({ Model: var model }, true) => $"names '{model}', which is neither a model that serves (registered, not draining, no shadow) nor an alias",
        ({ Model: var model }, false) => $"names '{model}', which is no model that serves (registered, not draining, no shadow); an alias cannot stand here",
    });

    /// <summary>Whether an alias is something that an entry may point to; one alias to another may not.</summary>
    public static bool MayBeAlias(ITrafficEntry entry) => entry is not Alias;

    /// <summary>Whether a reference leads to something: 1. a version that does not drain; 2. an alias, where one may stand; 3. a name with a version that serves.</summary>
    public static bool Stands(CatalogSnapshot catalog, ModelTarget target, bool mayBeAlias) =>
        target.Version is { } version
            ? catalog.Find(new(target.Model, version)) is { Draining: false }
            : (mayBeAlias && catalog.Traffic.Aliases.ContainsKey(target.Model)) || catalog.VersionsOf(target.Model).Any(Serves);

    /// <summary>Whether a version takes requests for its name: one that drains does not, nor does a shadow version. One of weight 0 may at any time.</summary>
    public static bool Serves(ModelVersion model) => model is { Draining: false, Shadow: false };
}
