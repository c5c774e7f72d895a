using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.ModelHealth;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>Knows of an upstream what a test has said.</summary>
internal sealed class FakeHealth : IModelHealth
{
    private readonly ConcurrentDictionary<ModelId, HealthStanding> _said = new();

    public HealthRecord Of(ModelVersion model) => new(model.Revision, _said.GetValueOrDefault(model.Id, HealthStanding.Unknown));

    public void Say(ModelId id, HealthStanding standing) => _said[id] = standing;
}
