using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Endpoints;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>Knows of endpoints what a test has said.</summary>
internal sealed class FakeEndpoints : IEndpointStates
{
    private readonly ConcurrentDictionary<ModelId, IReadOnlyList<EndpointState>> _said = new();

    public IReadOnlyList<EndpointState>? Of(ModelVersion model) => _said.GetValueOrDefault(model.Id);

    public void Say(ModelId id, params EndpointState[] states) => _said[id] = states;
}
