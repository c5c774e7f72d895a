using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Shadows;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>Figures summed in memory, each batch once.</summary>
internal sealed class FakeShadowFigures : IShadowFigures
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ShadowPair, Dictionary<string, long>> _sums = [];
    private readonly HashSet<long> _told = [];

    public bool StoreIsAway { get; set; }

    public IReadOnlyList<ShadowPair> Pairs
    {
        get
        {
            lock (_lock)
            {
                return [.. _sums.Keys];
            }
        }
    }

    /// <summary>The sum of a field over all pairs.</summary>
    public long Of(string field)
    {
        lock (_lock)
        {
            return _sums.Values.Sum(fields => fields.GetValueOrDefault(field));
        }
    }

    public Task AddAsync(ShadowBatch batch)
    {
        lock (_lock)
        {
            if (StoreIsAway)
            {
                throw new MeshException(ErrorCode.StoreUnavailable);
            }

            if (!_told.Add(batch.Sequence))
            {
                return Task.CompletedTask;
            }

            if (!_sums.TryGetValue(batch.Pair, out var sums))
            {
                _sums[batch.Pair] = sums = new Dictionary<string, long>(StringComparer.Ordinal);
            }

            foreach (var (field, count) in batch.Counts)
            {
                sums[field] = sums.GetValueOrDefault(field) + count;
            }
        }

        return Task.CompletedTask;
    }
}
