using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Ui;

/// <summary>Where pages are.</summary>
internal static class UiPaths
{
    /// <summary>The page of a model version.</summary>
    public static string Of(ModelId id) => $"/ui/models/{Uri.EscapeDataString(id.Name)}/versions/{Uri.EscapeDataString(id.Version)}";
}
