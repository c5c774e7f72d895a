using System.Collections.Concurrent;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.RateLimits;

namespace ModelMesh.Gateway.Tests.Fakes;

/// <summary>Buckets in memory that nothing refills.</summary>
internal sealed class FakeRateLimiter : IRateLimiter
{
    private readonly Dictionary<LimitBucket, long> _left = [];

    public bool StoreIsAway { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Takes { get; private set; }

    /// <summary>What was settled of tokens, by the limit's name.</summary>
    public ConcurrentQueue<(string Limit, long Amount)> Settled { get; } = [];

    public long Left(string limit, BucketKind kind)
    {
        lock (_left)
        {
            return _left.Single(bucket => bucket.Key.Limit.Name == limit && bucket.Key.Kind == kind).Value;
        }
    }

    public Task<TakeAnswer> TakeAsync(IReadOnlyList<BucketDemand> demands)
    {
        lock (_left)
        {
            Takes++;
            if (StoreIsAway)
            {
                throw new MeshException(ErrorCode.StoreUnavailable);
            }

            var granted = demands.All(demand => Level(demand.Bucket) >= 1);
            foreach (var demand in demands)
            {
                _left[demand.Bucket] = Level(demand.Bucket) - (granted ? demand.Amount : 0);
            }

            return Task.FromResult(new TakeAnswer(granted, [.. demands.Select(demand => new BucketState(demand.Bucket, _left[demand.Bucket] * BucketState.Unit))]));
        }
    }

    public void Settle(IReadOnlyList<BucketDemand> demands)
    {
        lock (_left)
        {
            foreach (var demand in demands)
            {
                _left[demand.Bucket] = Level(demand.Bucket) - demand.Amount;
                Settled.Enqueue((demand.Bucket.Limit.Name, demand.Amount));
            }
        }
    }

    private long Level(LimitBucket bucket) => _left.GetValueOrDefault(bucket, bucket.PerMinute);
}
