using ModelMesh.Contracts.Catalog;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// Every key and channel of the mesh. What one script touches shares a hash tag, so that it lies in one slot of a cluster: the catalog
/// under one tag, each model version's gate, leases and health under the version's own, all rate limits under one.
/// </summary>
public sealed class StoreKeys(string prefix)
{
    /// <summary>Hash: model id → <see cref="StoredModel"/>.</summary>
    public RedisKey Models { get; } = $"{prefix}:{{catalog}}:models";

    /// <summary>Hash: <see cref="Contracts.Traffic.TrafficId"/> → <see cref="StoredTraffic"/>.</summary>
    public RedisKey Traffic { get; } = $"{prefix}:{{catalog}}:traffic";

    /// <summary>Counter: rises with every change of the catalog.</summary>
    public RedisKey Revision { get; } = $"{prefix}:{{catalog}}:revision";

    /// <summary>Sorted set: hash of a request → when the answer that is kept for it expires, in milliseconds by the store's clock.</summary>
    public RedisKey CacheIndex { get; } = $"{prefix}:{{cache}}:index";

    /// <summary>Hash: hash of a request → what its kept answer counts, in bytes; and <c>total</c>.</summary>
    public RedisKey CacheSizes { get; } = $"{prefix}:{{cache}}:sizes";

    /// <summary>Counter: rises whenever kept answers are cleared.</summary>
    public RedisKey CacheEpoch { get; } = $"{prefix}:{{cache}}:epoch";

    /// <summary>Set: ids of registry instances.</summary>
    public RedisKey Instances { get; } = $"{prefix}:instances";

    /// <summary>Channel: a <see cref="CatalogEvent"/> after every change of the catalog.</summary>
    public string CatalogEvents { get; } = $"{prefix}:events";

    /// <summary>Channel: an instance's id after it joined, changed or left.</summary>
    public string InstanceEvents { get; } = $"{prefix}:instance-events";

    /// <summary>Channel: a model version's id after the state of its upstream changed.</summary>
    public string HealthEvents { get; } = $"{prefix}:health-events";

    /// <summary>Channel: a model version's id when those who wait for its slots are to look anew, followed by the ids of waiters when these are to ask, each after a space, or by the id of a lease after <c>-</c> when its holder is to make room.</summary>
    public string QueueEvents { get; } = $"{prefix}:queue-events";

    /// <summary>Hash: state, max_concurrency and revision, which admission asks.</summary>
    public RedisKey Gate(ModelId id) => $"{prefix}:{{{id}}}:gate";

    /// <summary>Hash with a time to live: what is left of a rate limit, and when that was.</summary>
    /// <param name="kind"><c>requests</c> or <c>tokens</c>.</param>
    /// <param name="caller">Of a limit for each caller on its own whose bucket it is, empty for those without a name; null for one that callers share.</param>
    public RedisKey LimitBucket(string kind, string limit, string? caller) =>
        $"{prefix}:{{limits}}:{kind}:{Uri.EscapeDataString(limit)}{(caller is null ? "" : $":{Uri.EscapeDataString(caller)}")}";

    /// <summary>Sorted set: lease id → expiry in milliseconds by the store's clock.</summary>
    public RedisKey Leases(ModelId id) => $"{prefix}:{{{id}}}:leases";

    /// <summary>Sorted set with a time to live: who waits for a slot → place, by priority and arrival.</summary>
    public RedisKey Queue(ModelId id) => $"{prefix}:{{{id}}}:queue";

    /// <summary>Sorted set with a time to live: who waits for a slot → until when, in milliseconds by the store's clock, unless its replica is heard of again.</summary>
    public RedisKey Waiting(ModelId id) => $"{prefix}:{{{id}}}:waiting";

    /// <summary>Sorted set with a time to live: lease ids of requests that can be pre-empted → place, by priority and arrival; below zero once one is to make room.</summary>
    public RedisKey Early(ModelId id) => $"{prefix}:{{{id}}}:early";

    /// <summary>Hash with a time to live: how many have ever waited, when a slot last became free while somebody did, and how long that takes.</summary>
    public RedisKey QueuePace(ModelId id) => $"{prefix}:{{{id}}}:queue-pace";

    /// <summary>Hash with a time to live: what copies for a shadow version and the answers of another one, whose copies they were, came to.</summary>
    /// <param name="real">The other version of the model.</param>
    public RedisKey Shadow(ModelId shadow, string real) => $"{prefix}:{{{shadow}}}:shadow:{Uri.EscapeDataString(real)}";

    /// <summary>Hash with a time to live: what the replicas found out about the version's upstream.</summary>
    public RedisKey Health(ModelId id) => $"{prefix}:{{{id}}}:health";

    /// <summary>String with a time to live: the revision of the version whose upstream is probed just now, and the instance that does.</summary>
    public RedisKey ProbeTurn(ModelId id) => $"{prefix}:{{{id}}}:probe";

    /// <summary>String with a time to live: a complete answer.</summary>
    public RedisKey CachedAnswer(string hash) => $"{prefix}:{{cache}}:answer:{hash}";

    /// <summary>String with a time to live: one registry instance.</summary>
    public RedisKey Instance(string id) => $"{prefix}:instance:{id}";

    /// <summary>Hash with a time to live: what one registry instance knows of each model version, and <see cref="Contracts.Figures.FigureFields"/>.</summary>
    public RedisKey InstanceModels(string id) => $"{prefix}:instance:{id}:models";

    /// <summary>List: a model's rollouts that have ended, the newest first, as <see cref="StoredTraffic"/>.</summary>
    public RedisKey RolloutHistory(string model) => $"{prefix}:{{catalog}}:rollouts:{Uri.EscapeDataString(model)}";

    /// <summary>String with a time to live: the instance that drives a model's rollout.</summary>
    public RedisKey RolloutDriver(string model) => $"{prefix}:{{catalog}}:rollout-driver:{Uri.EscapeDataString(model)}";

    /// <summary>Hash with a time to live: what both versions of a rollout did, step by step.</summary>
    public RedisKey RolloutTally(string model, string rollout) => $"{prefix}:{{rollout:{Uri.EscapeDataString(model)}}}:tally:{rollout}";
}
