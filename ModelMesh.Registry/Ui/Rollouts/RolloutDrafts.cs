using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary>What the form for a rollout begins with.</summary>
/// <param name="Models">The names that have two versions or more which may take traffic.</param>
/// <param name="Model">The one that was chosen; null where none was, or none like that is there.</param>
/// <param name="From">The version with the most weight.</param>
/// <param name="To">The one that was asked for, else the newest of the others.</param>
/// <param name="Running">The rollout that the model has already.</param>
public sealed record RolloutDraft(IReadOnlyList<string> Models, string? Model, IReadOnlyList<ModelVersion> Versions, string? From, string? To, Rollout? Running);

/// <summary>Makes the beginning of a rollout out of the catalog. Thread-safe.</summary>
internal sealed class RolloutDrafts(ICatalog catalog)
{
    public RolloutDraft Of(string model, string to) => Of(catalog.Current, model, to);

    /// <summary>Pure.</summary>
    public static RolloutDraft Of(CatalogSnapshot snapshot, string model, string to)
    {
        List<string> models = [.. snapshot.Names.Where(name => Able(snapshot, name).Length > 1)];
        var versions = Able(snapshot, model);
        if (versions.Length < 2)
        {
            return new RolloutDraft(models, null, [], null, null, null);
        }

        var from = versions.Where(version => version.Version != to).MaxBy(version => version.Weight)!;
        var target = versions.FirstOrDefault(version => version.Version == to) ?? versions.Where(version => version != from).MaxBy(version => version.CreatedAt)!;
        var running = snapshot.Traffic.Rollouts.GetValueOrDefault(model);
        return new RolloutDraft(models, model, versions, from.Version, target.Version, running is { IsActive: true } ? running : null);
    }

    private static ImmutableArray<ModelVersion> Able(CatalogSnapshot snapshot, string name) => snapshot.VersionsOf(name).RemoveAll(version => version.Shadow || version.Draining);
}
