using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary>Reads what the pages of rollouts show. Thread-safe.</summary>
internal sealed class RolloutCharts(RolloutReader reader, RolloutStore rollouts, TallyStore tallies, ICatalog catalog)
{
    private const int MostModels = 100;

    /// <summary>The rollout with its steps; while the store is away with what the catalog says of the last one.</summary>
    public async Task<RolloutChart> OfAsync(Rollout rollout)
    {
        try
        {
            return RolloutChart.Of(rollout, await tallies.ReadStepsAsync(rollout));
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return RolloutChart.Of(rollout, []);
        }
    }

    /// <summary>One rollout of a model, the newest where no id is given, and all that are kept, the newest first; while the store is away the newest alone, which the catalog knows.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>: no such model, or no such rollout of it; <c>store_unavailable</c>.</exception>
    public async Task<(RolloutChart? Shown, IReadOnlyList<Rollout> All)> FindAsync(string model, string? id, CancellationToken cancellationToken)
    {
        var all = await ListAsync(model, id, cancellationToken);
        var shown = id is null ? (all.Count == 0 ? null : all[0]) : all.FirstOrDefault(rollout => rollout.RequestId == id)
            ?? throw new MeshException(ErrorCode.ModelNotFound, $"Model '{model}' has no rollout '{id}', or it is no longer kept.");
        return (shown is null ? null : await OfAsync(shown), all);
    }

    /// <summary>The rollouts that run now, by model.</summary>
    public async Task<IReadOnlyList<RolloutChart>> ActiveAsync() =>
        await Task.WhenAll(catalog.Current.Traffic.Rollouts.Values.Where(rollout => rollout.IsActive).OrderBy(rollout => rollout.Model, StringComparer.Ordinal).Select(OfAsync));

    /// <summary>Those that have ended, of the models with the latest ones, the newest first; without the store only the last of each model.</summary>
    public async Task<(IReadOnlyList<RolloutChart> Ended, bool IsComplete)> EndedAsync()
    {
        List<Rollout> newest = [.. catalog.Current.Traffic.Rollouts.Values.OrderByDescending(rollout => rollout.UpdatedAt)];
        try
        {
            var histories = await Task.WhenAll(newest.Take(MostModels).Select(rollout => rollouts.HistoryAsync(rollout.Model)));
            return (Sorted(histories.SelectMany(history => history)), newest.Count <= MostModels);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return (Sorted(newest), false);
        }
    }

    private async Task<IReadOnlyList<Rollout>> ListAsync(string model, string? id, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ListAsync(model, cancellationToken);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable && catalog.Current.Traffic.Rollouts.TryGetValue(model, out var newest) && (id is null || id == newest.RequestId))
        {
            return [newest];
        }
    }

    private static IReadOnlyList<RolloutChart> Sorted(IEnumerable<Rollout> rollouts) =>
        [.. rollouts.Where(rollout => !rollout.IsActive).OrderByDescending(rollout => rollout.End ?? rollout.UpdatedAt).Select(rollout => RolloutChart.Of(rollout, []))];
}
