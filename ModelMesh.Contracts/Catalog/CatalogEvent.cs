namespace ModelMesh.Contracts.Catalog;

/// <summary>What is published after every change of the catalog. At-most-once: it wakes readers up, the revision makes them right.</summary>
/// <param name="Revision">The catalog's revision after the change.</param>
/// <param name="Kind">One of <see cref="CatalogEventKinds"/>.</param>
/// <param name="Id">The model version, as <see cref="ModelId.ToString"/> writes it, or an entry of the traffic, as <see cref="Traffic.TrafficId.ToString"/> does.</param>
public sealed record CatalogEvent(long Revision, string Kind, string Id);

public static class CatalogEventKinds
{
    public const string Registered = "registered";
    public const string Updated = "updated";
    public const string Draining = "draining";
    public const string Deleted = "deleted";

    /// <summary>The weight of a version was set apart from the rest.</summary>
    public const string Weighted = "weighted";

    /// <summary>An entry of the traffic is new or changed.</summary>
    public const string Written = "written";

    /// <summary>An entry of the traffic is gone.</summary>
    public const string Removed = "removed";
}
