namespace ModelMesh.Contracts.Catalog;

/// <summary>What a model version's status may be.</summary>
public static class ModelStatuses
{
    /// <summary>In the order of a version's life, <c>failed</c> last.</summary>
    public static IReadOnlyList<string> All { get; } = ["pending", "loading", "ready", "draining", "failed"];
}
