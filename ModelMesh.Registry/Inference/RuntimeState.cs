using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Inference;

/// <summary>What a model version is served by at one moment: a runtime, or the reason why there is none.</summary>
internal sealed record RuntimeState(long Revision, PluginBuild? Build, ModelRuntime? Runtime, string? Failure)
{
    public static RuntimeState None { get; } = new(-1, null, null, null);

    public bool Serves(ModelVersion model, PluginBuild? build) => Revision == model.Revision && ReferenceEquals(Build, build);
}
