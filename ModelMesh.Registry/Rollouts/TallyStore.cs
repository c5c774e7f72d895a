using System.Globalization;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Rollouts;

/// <summary>The tallies of all replicas: one hash a rollout, in the model's own slot. Thread-safe.</summary>
internal sealed class TallyStore(StoreConnection store, IInstanceIdentity instance)
{
    // Longer than a step may wait for requests.
    private static readonly TimeSpan Life = TimeSpan.FromDays(8);

    private static readonly StoreScript Tally = StoreScript.Load<TallyStore>("tally.lua");

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task AddAsync(TallyBatch batch) => store.RunAsync(StoreCommands.RolloutTally, database => Tally.EvaluateAsync(
        database,
        [store.Keys.RolloutTally(batch.Model, batch.RolloutId)],
        [instance.Id, batch.Sequence, (long)Life.TotalMilliseconds, .. batch.Counts.SelectMany(count => new RedisValue[] { count.Key, count.Value })]));

    /// <summary>What both versions did in a rollout's present step.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<StepTally> ReadAsync(Rollout rollout) => rollout.Step < 0 ? StepTally.None : TallyFields.Read(await CountsAsync(rollout), rollout.Step);

    /// <summary>What both versions did in each step up to the present one; nothing of a rollout whose counts are no longer kept.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<IReadOnlyList<StepTally>> ReadStepsAsync(Rollout rollout)
    {
        if (rollout.Step < 0)
        {
            return [];
        }

        var counts = await CountsAsync(rollout);
        return counts.Count == 0 ? [] : [.. Enumerable.Range(0, rollout.Step + 1).Select(step => TallyFields.Read(counts, step))];
    }

    /// <summary>The store's clock, to the millisecond.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task<DateTimeOffset> NowAsync() => store.NowAsync();

    private async Task<Dictionary<string, long>> CountsAsync(Rollout rollout)
    {
        var entries = await store.RunAsync(StoreCommands.RolloutRead, database => database.HashGetAllAsync(store.Keys.RolloutTally(rollout.Model, rollout.RequestId)));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (long.TryParse(entry.Value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                counts[entry.Name.ToString()] = count;
            }
        }

        return counts;
    }
}
