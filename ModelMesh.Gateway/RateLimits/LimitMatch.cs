using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Traffic;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>
/// Which limits a request falls under. A limit of a model counts where the model's name is
/// 1. what the request says,
/// 2. the name that is to serve it, or
/// 3. an alias of that, which the request wrote with a version or an adapter.
/// A limit of a caller counts for the caller of this name (4); one for each caller (5) and one without (6) for every request.
/// </summary>
internal static class LimitMatch
{
    private const string EachCaller = "*";
    private static readonly char[] Signs = ['@', ':'];

    /// <param name="serving">The model that is to serve the request.</param>
    /// <param name="caller">The caller's name; null for one without.</param>
    public static ImmutableArray<LimitBucket> BucketsOf(TrafficSnapshot traffic, ModelRequest request, ModelVersion serving, string? caller)
    {
        var buckets = ImmutableArray.CreateBuilder<LimitBucket>();
        foreach (var limit in traffic.Limits)
        {
            if (!IsOfModel(limit.Model, traffic, request, serving) || !IsOfCaller(limit.Caller, caller))
            {
                continue;
            }

            // 5
            var own = limit.Caller == EachCaller ? caller ?? "" : null;
            if (limit.RequestsPerMinute is not null)
            {
                buckets.Add(new LimitBucket(limit, BucketKind.Requests, own));
            }

            if (limit.TokensPerMinute is not null)
            {
                buckets.Add(new LimitBucket(limit, BucketKind.Tokens, own));
            }
        }

        return buckets.DrainToImmutable();
    }

    // 4, 5, 6
    private static bool IsOfCaller(string? limited, string? caller) => limited is null or EachCaller || limited == caller;

    private static bool IsOfModel(string? limited, TrafficSnapshot traffic, ModelRequest request, ModelVersion serving) =>
        limited is null
        || limited == request.Model // 1
        || limited == serving.Name // 2
        || IsAliasIn(limited, traffic, request, serving); // 3

    private static bool IsAliasIn(string limited, TrafficSnapshot traffic, ModelRequest request, ModelVersion serving) =>
        request.IsReference
        && request.Model.Length > limited.Length
        && request.Model.StartsWith(limited, StringComparison.Ordinal)
        && Signs.Contains(request.Model[limited.Length])
        && traffic.Aliases.TryGetValue(limited, out var alias)
        && alias.Target.Model == serving.Name;
}
