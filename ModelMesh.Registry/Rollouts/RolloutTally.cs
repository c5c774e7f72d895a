using System.Collections.Concurrent;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// Counts what this replica's requests say of the versions of active rollouts, until the store has it. A request counts in the step that runs when it ends. One of a
/// model without a rollout costs a look into a dictionary. Thread-safe.
/// </summary>
internal sealed class RolloutTally(ICatalog catalog)
{
    private readonly ConcurrentDictionary<(string Model, string Rollout), Counts> _rollouts = new();

    /// <summary>A request has ended, other than by its caller's going.</summary>
    /// <param name="id">The version it was for.</param>
    /// <param name="isShadow">Whether it was a copy, which nobody waits for.</param>
    /// <param name="failure">What its caller was told; null for an answer in full.</param>
    /// <param name="isStopping">Whether this replica is shutting down.</param>
    /// <param name="firstToken">Its time to first token; null where it had none.</param>
    public void Ended(ModelId id, bool isShadow, MeshException? failure, bool isStopping, TimeSpan? firstToken)
    {
        if (isShadow
            || !catalog.Current.Traffic.Rollouts.TryGetValue(id.Name, out var rollout)
            || !rollout.IsActive
            || rollout.Step < 0
            || RolloutPlace.SideOf(rollout, id.Version) is not { } isTo
            || RolloutOutcome.Failed(failure, isStopping) is not { } failed)
        {
            return;
        }

        var isSlow = firstToken is { } time && rollout.MaxTtftP95Ms is { } most && time.TotalMilliseconds > most;
        _rollouts.GetOrAdd((rollout.Model, rollout.RequestId), static _ => new Counts()).Add(TallyFields.Of(rollout.Step, isTo, failed, firstToken, isSlow));
    }

    /// <summary>Which part a version has in an active rollout; null for none.</summary>
    public RolloutPlace? PlaceOf(ModelId id) => RolloutPlace.Of(catalog.Current.Traffic, id);

    /// <summary>What is to be told now; each until <see cref="Told"/>. Rollouts that have ended, and of which nothing is left to tell, are forgotten.</summary>
    public IReadOnlyList<TallyBatch> ToTell()
    {
        List<TallyBatch> batches = [];
        foreach (var (key, counts) in _rollouts)
        {
            if (counts.ToTell(key.Model, key.Rollout) is { } batch)
            {
                batches.Add(batch);
            }
            else
            {
                ForgetIfEnded(key);
            }
        }

        return batches;
    }

    public void Told(TallyBatch batch)
    {
        var key = (batch.Model, batch.RolloutId);
        if (_rollouts.TryGetValue(key, out var counts))
        {
            counts.Told();
        }

        ForgetIfEnded(key);
    }

    // A request that ends this very moment may be lost with it; by then it counts for nothing.
    private void ForgetIfEnded((string Model, string Rollout) key)
    {
        if (catalog.Current.Traffic.Rollouts.GetValueOrDefault(key.Model) is not { IsActive: true } rollout || rollout.RequestId != key.Rollout)
        {
            _rollouts.TryRemove(key, out _);
        }
    }

    private sealed class Counts
    {
        private readonly Lock _lock = new();
        private Dictionary<string, long> _counts = new(StringComparer.Ordinal);
        private TallyBatch? _untold;
        private long _sequence;

        public void Add(IEnumerable<string> fields)
        {
            lock (_lock)
            {
                foreach (var field in fields)
                {
                    _counts[field] = _counts.GetValueOrDefault(field) + 1;
                }
            }
        }

        public TallyBatch? ToTell(string model, string rollout)
        {
            lock (_lock)
            {
                if (_untold is null && _counts.Count > 0)
                {
                    _untold = new TallyBatch(model, rollout, ++_sequence, _counts);
                    _counts = new Dictionary<string, long>(StringComparer.Ordinal);
                }

                return _untold;
            }
        }

        public void Told()
        {
            lock (_lock)
            {
                _untold = null;
            }
        }
    }
}
