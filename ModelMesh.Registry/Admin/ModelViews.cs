using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Endpoints;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Admin;

/// <summary>Puts together what operators see: the catalog's part, this replica's status, the replicas' findings on its upstream, and the store's count of requests in flight.</summary>
internal sealed class ModelViews(IBackendTypes backends, IModelHealth health, ILeaseCounts counts, IEndpointStates endpoints)
{
    /// <summary>One alone, with its endpoints as they stand at this replica.</summary>
    public async Task<ModelView> OfAsync(ModelVersion model) => (await OfAsync([model]))[0] with { Endpoints = endpoints.Of(model)?.Select(EndpointView.From).ToList() };

    public async Task<IReadOnlyList<ModelView>> OfAsync(IReadOnlyList<ModelVersion> models)
    {
        var active = await ActiveAsync(models);
        return [.. models.Select((model, i) => ModelView.From(model, backends.StatusOf(model), health.Of(model), active?[i]))];
    }

    // Reading goes on without the store; only this figure is missing then.
    private async Task<IReadOnlyList<int>?> ActiveAsync(IReadOnlyList<ModelVersion> models)
    {
        try
        {
            return await counts.CountAsync([.. models.Select(model => model.Id)]);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return null;
        }
    }
}
