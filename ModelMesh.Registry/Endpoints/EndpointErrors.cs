using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;

namespace ModelMesh.Registry.Endpoints;

/// <summary>What a request is told that no endpoint takes. Pure.</summary>
internal static class EndpointErrors
{
    // While the one request that tries an endpoint is under way nobody knows when it takes others.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>1. every upstream asked to wait: rate limited, for the shortest of the waits; 2. else unavailable until the first may be tried, with what went wrong.</summary>
    public static MeshException NoneTakes(ModelId id, IReadOnlyList<EndpointState> endpoints)
    {
        var wait = endpoints.Min(endpoint => endpoint.TakesIn);
        wait = wait < Shortest ? Shortest : wait;

        // 1.
        if (endpoints.All(endpoint => endpoint.Held > TimeSpan.Zero))
        {
            return RateLimitHold.Error(wait);
        }

        // 2.
        var reasons = endpoints.Select(endpoint => endpoint.LastError).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var what = endpoints.Count == 1 ? "its upstream keeps failing" : $"all {endpoints.Count} of its endpoints keep failing";
        return new MeshException(
            ErrorCode.BackendUnavailable,
            $"Model '{id.Name}' version '{id.Version}' is not asked for now, since {what}{(reasons.Count == 0 ? "." : $": {string.Join(" ", reasons)}")}")
        {
            RetryAfter = wait,
        };
    }
}
