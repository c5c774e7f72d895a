using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Admin;

/// <summary>A change of the catalog as operators see it: the id is encoded, so what it says stands beside it as it is.</summary>
/// <param name="Entry">What kind of entry changed, where it was no model version.</param>
/// <param name="Name">The model's name, or the entry's.</param>
internal sealed record EventView(long Revision, string Kind, string Id, string? Entry, string? Name, string? Version)
{
    public static EventView Of(CatalogEvent change) =>
        TrafficId.TryParse(change.Id, out var entry) ? new EventView(change.Revision, change.Kind, change.Id, entry.Kind, entry.Name, null)
        : ModelId.TryParse(change.Id, out var id) ? new EventView(change.Revision, change.Kind, change.Id, null, id.Name, id.Version)
        : new EventView(change.Revision, change.Kind, change.Id, null, null, null);
}
