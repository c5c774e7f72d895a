using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>A model's name and those of its versions that are shown.</summary>
/// <param name="Name">The model's.</param>
/// <param name="Rows">By version.</param>
/// <param name="Versions">How many there are, shown or not.</param>
/// <param name="Rollout">The one that moves its traffic now; null without one.</param>
public sealed record ModelGroup(string Name, IReadOnlyList<ModelRow> Rows, int Versions, Rollout? Rollout)
{
    public string Path { get; } = ModelPaths.Page(Name);
}
