using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Endpoints;

/// <summary>How the endpoints of model versions stand at this replica. Thread-safe.</summary>
internal interface IEndpointStates
{
    /// <summary>In the order of the version's definition; null where this replica has nothing that serves this revision.</summary>
    IReadOnlyList<EndpointState>? Of(ModelVersion model);
}
