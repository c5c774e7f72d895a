using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Figures;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What the replicas say of a model version: this one out of its own mind, the others as they tell the store. Thread-safe.</summary>
internal sealed class ReplicaReports(StoreConnection store, IInstanceDirectory instances, IInstanceIdentity instance, IBackendTypes backends)
{
    /// <summary>One status each of the replicas that tell.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<ModelStatus>> OfAsync(ModelVersion model)
    {
        var others = instances.Current.Where(other => other.Id != instance.Id && !other.Stopping).Select(other => store.Keys.InstanceModels(other.Id)).ToList();
        var told = others.Count == 0 ? [] : await store.RunAsync(StoreCommands.FiguresRead, database => Task.WhenAll(others.Select(key => database.HashGetAsync(key, model.Id.ToString()))));
        return [backends.StatusOf(model), .. told.Select(entry => Read(entry, model.Revision)).OfType<ModelStatus>()];
    }

    private static ModelStatus? Read(RedisValue entry, long revision)
    {
        try
        {
            return entry.IsNull || JsonSerializer.Deserialize(entry.ToString(), FigureJson.Default.ModelFigures) is not { } figures ? null
                : figures.Revision < revision ? new ModelStatus("pending")
                : new ModelStatus(figures.Status, figures.StatusReason);
        }
        catch (JsonException)
        {
            // A replica of another build; it says nothing that can be read.
            return null;
        }
    }
}
