using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Admin;

/// <summary>Puts together what operators see: the catalog's part, this replica's status, the replicas' findings on its upstream, and the store's counts of requests in flight and waiting.</summary>
internal sealed class ModelViews(IBackendTypes backends, IModelHealth health, ILeaseCounts counts, IQueueCounts queues, IEndpointStates endpoints)
{
    /// <summary>One alone, with its endpoints as they stand at this replica.</summary>
    public async Task<ModelView> OfAsync(ModelVersion model) => (await OfAsync([model]))[0] with { Endpoints = endpoints.Of(model)?.Select(EndpointView.From).ToList() };

    public async Task<IReadOnlyList<ModelView>> OfAsync(IReadOnlyList<ModelVersion> models)
    {
        var ids = models.Select(model => model.Id).ToList();
        var (active, queued) = await CountAsync(ids);
        return [.. models.Select((model, i) => ModelView.From(model, backends.StatusOf(model), health.Of(model), active?[i], queued?[i]))];
    }

    // Reading goes on without the store; only these figures are missing then.
    private async Task<(IReadOnlyList<int>? Active, IReadOnlyList<int>? Queued)> CountAsync(IReadOnlyList<ModelId> ids)
    {
        try
        {
            var (active, queued) = (counts.CountAsync(ids), queues.CountAsync(ids));
            await Task.WhenAll(active, queued);
            return (await active, await queued);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return (null, null);
        }
    }
}
