using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Finds rollouts: the newest of a model in the catalog, those before it in the history. Thread-safe.</summary>
internal sealed class RolloutReader(RolloutStore rollouts, ICatalog catalog)
{
    /// <summary>A model's rollouts, the newest first; the ended ones as far as they are kept.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>: neither such a model nor a rollout of one; <c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<Rollout>> ListAsync(string model, CancellationToken cancellationToken)
    {
        // One that another replica has just written is shown.
        var snapshot = await catalog.RefreshAsync(cancellationToken);
        var newest = snapshot.Traffic.Rollouts.GetValueOrDefault(model);
        var ended = (await rollouts.HistoryAsync(model)).Where(rollout => rollout.RequestId != newest?.RequestId);
        return newest is not null ? [newest, .. ended]
            : !snapshot.VersionsOf(model).IsEmpty ? [.. ended]
            : throw new MeshException(ErrorCode.ModelNotFound, $"Model '{model}' is not registered.");
    }

    /// <exception cref="MeshException"><c>model_not_found</c>, <c>store_unavailable</c>.</exception>
    public async Task<Rollout> FindAsync(string model, string id, CancellationToken cancellationToken)
    {
        var newest = catalog.Current.Traffic.Rollouts.GetValueOrDefault(model);
        if (newest?.RequestId != id)
        {
            newest = (await catalog.RefreshAsync(cancellationToken)).Traffic.Rollouts.GetValueOrDefault(model);
        }

        return newest?.RequestId == id ? newest
            : (await rollouts.HistoryAsync(model)).FirstOrDefault(rollout => rollout.RequestId == id)
            ?? throw new MeshException(ErrorCode.ModelNotFound, $"Model '{model}' has no rollout '{id}', or it is no longer kept.");
    }
}
