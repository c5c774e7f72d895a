using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Registry.Shadows;

/// <summary>What operators see of shadow versions, out of the store.</summary>
internal sealed class ShadowViews(ICatalog catalog, ShadowStore figures)
{
    /// <summary>The versions beside it whose requests it may get copies of.</summary>
    public IReadOnlyList<ModelVersion> BesideOf(ModelVersion model) => [.. catalog.Current.VersionsOf(model.Name).Where(other => other.Id != model.Id)];

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<ShadowView> OfAsync(ModelVersion model)
    {
        var others = BesideOf(model);
        var found = await figures.ReadAsync(model.Id, [.. others.Select(other => other.Version)]);

        // A version that was changed since has shown nothing of itself yet.
        var current = found.Where(pair => pair.Pair.ShadowRevision >= model.Revision && others.Any(other => other.Version == pair.Pair.Real && pair.Pair.RealRevision >= other.Revision));
        return ShadowView.Of(model, current);
    }
}
