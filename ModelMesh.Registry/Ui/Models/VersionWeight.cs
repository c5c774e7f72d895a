namespace ModelMesh.Registry.Ui.Models;

/// <summary>What the sliders begin with.</summary>
internal sealed record VersionWeight(string Version, int Weight);
