using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Traffic;

/// <summary>What is wrong with where entries point. The scripts decide, at the same moment as they write; this says it of a snapshot, beside all other faults.</summary>
internal static class TargetFaults
{
    public static ErrorDetail Of(TrafficReference reference) => new(
        reference.Field,
        reference.Target.Version is { } version
            ? $"names version '{version}' of model '{reference.Target.Model}', which is not registered or is draining"
            : $"names '{reference.Target.Model}', which is neither a registered model nor an alias that may stand here");

    /// <summary>Whether a reference leads to something: 1. a version that does not drain; 2. an alias, where one may stand; 3. a name with a version that does not drain.</summary>
    public static bool Stands(CatalogSnapshot catalog, ModelTarget target, bool mayBeAlias) =>
        target.Version is { } version
            ? catalog.Find(new(target.Model, version)) is { Draining: false }
            : (mayBeAlias && catalog.Traffic.Aliases.ContainsKey(target.Model)) || catalog.VersionsOf(target.Model).Any(model => !model.Draining);
}
