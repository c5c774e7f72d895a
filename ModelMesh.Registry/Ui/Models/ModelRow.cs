using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>A model version as pages show it: what the catalog says, and how it does in the whole mesh.</summary>
/// <param name="Model">What the catalog says.</param>
/// <param name="Live">What changes from second to second.</param>
/// <param name="Share">Its part of the requests that name no version, in percent.</param>
/// <param name="Trend">How it did in the last minutes.</param>
public sealed record ModelRow(ModelVersion Model, ModelLive Live, double Share, ModelTrend Trend)
{
    /// <summary><c>name@version</c>, each part percent-encoded: its key in the live stream.</summary>
    public string Key { get; } = Model.Id.ToString();

    /// <summary>Of its resource in the admin API.</summary>
    public string Call { get; } = ModelPaths.Call(Model.Id);

    /// <summary>Of its page.</summary>
    public string Path { get; } = ModelPaths.Page(Model.Id);
}
