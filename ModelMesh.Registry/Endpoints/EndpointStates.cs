using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Endpoints;

internal sealed class EndpointStates(ModelRuntimes runtimes) : IEndpointStates
{
    public IReadOnlyList<EndpointState>? Of(ModelVersion model) =>
        runtimes.Find(model.Id) is { } runtime && runtime.Model.Revision == model.Revision ? [.. runtime.Endpoints.All.Select(EndpointState.Of)] : null;
}
