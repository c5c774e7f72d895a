using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Ui.Models;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>Rows and groups as tests of the list need them.</summary>
internal static class ModelRowOf
{
    public static ModelRow Version(
        string name, string version = "v1", string type = "mock", string status = "ready", string health = "healthy", int active = 0, double? firstTokenMs = null, string[]? capabilities = null, params (string Key, string Value)[] labels) => new(
        new ModelVersion
        {
            Name = name,
            Version = version,
            BackendType = type,
            MaxConcurrency = 10,
            Capabilities = capabilities ?? [],
            Labels = labels.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
        },
        new ModelLive(status, null, health, active, null, firstTokenMs, null),
        100,
        ModelTrend.None);

    public static ModelGroup Group(params ModelRow[] rows) => new(rows[0].Model.Name, rows, rows.Length, null);
}
