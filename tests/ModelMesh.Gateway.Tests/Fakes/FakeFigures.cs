using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>What a test says that registries tell.</summary>
internal sealed class FakeFigures : IMeshFigures
{
    public MeshFigures Current { get; private set; } = MeshFigures.Empty;

    /// <summary>Each of the figures as from a registry of its own.</summary>
    public void Tell(string model, string version, params ModelFigures[] figures) => Current = MeshFigures.Of(
        figures.Select((one, i) => new InstanceFigures($"registry-{i}", "1", new Dictionary<ModelId, ModelFigures> { [new(model, version)] = one })));

    public void TurnStale(DateTimeOffset since) => Current = Current.Stale(since);
}
