using System.Collections.Concurrent;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Shadows;

/// <summary>What this gateway counted and the store does not know yet. Requests add from any thread; one teller takes.</summary>
internal sealed class ShadowTally
{
    private readonly ConcurrentQueue<ComparedRequest> _ended = [];
    private readonly Dictionary<ShadowPair, Dictionary<string, long>> _counts = [];
    private readonly Dictionary<ShadowPair, ShadowBatch> _untold = [];
    private long _sequence;

    public void Add(ComparedRequest request) => _ended.Enqueue(request);

    /// <summary>A batch for each pair. One that the store has not acknowledged is as it was: what came since waits for the next.</summary>
    public IReadOnlyList<ShadowBatch> ToTell()
    {
        while (_ended.TryDequeue(out var request))
        {
            if (!_counts.TryGetValue(request.Pair, out var counts))
            {
                _counts[request.Pair] = counts = new Dictionary<string, long>(StringComparer.Ordinal);
            }

            foreach (var (field, count) in request.Counts())
            {
                counts[field] = counts.GetValueOrDefault(field) + count;
            }
        }

        foreach (var (pair, counts) in _counts)
        {
            if (_untold.TryAdd(pair, new ShadowBatch(pair, _sequence + 1, counts)))
            {
                _sequence++;
                _counts.Remove(pair);
            }
        }

        return [.. _untold.Values];
    }

    public void Told(ShadowBatch batch) => _untold.Remove(batch.Pair);
}
