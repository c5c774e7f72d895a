using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Admin;

/// <summary>A change of the catalog as operators see it: the id is encoded, so name and version stand beside it as they are.</summary>
internal sealed record EventView(long Revision, string Kind, string Id, string? Name, string? Version)
{
    public static EventView Of(CatalogEvent change) =>
        ModelId.TryParse(change.Id, out var id)
            ? new EventView(change.Revision, change.Kind, change.Id, id.Name, id.Version)
            : new EventView(change.Revision, change.Kind, change.Id, null, null);
}
