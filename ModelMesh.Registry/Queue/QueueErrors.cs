using System.Globalization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;

namespace ModelMesh.Registry.Queue;

/// <summary>What a request without a slot is told.</summary>
internal static class QueueErrors
{
    /// <param name="unknown">The Retry-After where no wait can be expected.</param>
    public static MeshException Full(ModelId id, LeaseAnswer.AtCapacity full, TimeSpan unknown) => Error(
        full.Queued == 0
            ? $"{Label(id)} is at its limit of {full.MaxConcurrency} concurrent requests."
            : $"{Label(id)} is at its limit of {full.MaxConcurrency} concurrent requests, and {full.Queued} more wait already.",
        full.ExpectedWait ?? unknown);

    public static MeshException Evicted(ModelId id, LeaseAnswer.Evicted evicted, TimeSpan waited, TimeSpan unknown) => Error(
        $"A request of a higher priority took this one's place in the full queue of {Label(id, lower: true)}, after {Milliseconds(waited)} ms.", evicted.ExpectedWait ?? unknown);

    public static MeshException TimedOut(ModelId id, QueuePosition? position, TimeSpan waited, TimeSpan unknown) => Error(
        $"{Label(id)} had no free slot within {Milliseconds(waited)} ms; the request was at place {position?.Position ?? 1} of its queue.", position?.ExpectedWait ?? unknown);

    private static MeshException Error(string message, TimeSpan retryAfter) => new(ErrorCode.CapacityExceeded, message) { RetryAfter = retryAfter };

    private static string Label(ModelId id, bool lower = false) => $"{(lower ? "m" : "M")}odel '{id.Name}' version '{id.Version}'";

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
