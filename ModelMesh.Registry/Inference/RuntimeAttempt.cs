using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Inference;

/// <summary>The making of one runtime, while it is under way.</summary>
internal sealed class RuntimeAttempt(ModelVersion model, PluginBuild build)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ModelVersion Model { get; } = model;

    public PluginBuild Build { get; } = build;

    /// <summary>Completes when the slot waits for it no more: it succeeded, failed, took too long, or was overtaken. Never fails.</summary>
    public Task Over => _over.Task;

    public bool IsFor(ModelVersion model, PluginBuild build) => Model.Revision == model.Revision && ReferenceEquals(Build, build);

    public void SetOver() => _over.TrySetResult();
}
