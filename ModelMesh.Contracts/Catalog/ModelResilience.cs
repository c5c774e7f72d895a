namespace ModelMesh.Contracts.Catalog;

/// <summary>What the mesh does before a failure of the model's upstream reaches a client. Nothing of it happens once a token went out.</summary>
public sealed record ModelResilience
{
    /// <summary>How many times a request is sent again at most, after the first attempt; from 0 to 10. Each goes to another endpoint where there is one.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>How many retries there may be for each request of the last 10 s, besides a few that are always allowed; from 0 to 1.</summary>
    public double RetryBudget { get; init; } = 0.2;

    /// <summary>The wait before the first retry at the same endpoint, in milliseconds; doubled with each one after it, and jittered down to half. From 0 to 60,000.</summary>
    public int BackoffMs { get; init; } = 100;

    /// <summary>The longest wait before a retry, in milliseconds, that an upstream's Retry-After may ask for too; from 0 to 60,000, and at least <see cref="BackoffMs"/>. What asks for more is not retried there.</summary>
    public int MaxBackoffMs { get; init; } = 2_000;

    /// <summary>How many failures in a row open an endpoint's circuit breaker; from 1 to 1,000.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long an open breaker lets nothing through before one request may probe, in milliseconds; from 10 to 3,600,000.</summary>
    public int BreakerOpenMs { get; init; } = 5_000;

    /// <summary>After how long without a first token the request is sent to a second place as well, in milliseconds; the first that answers is used. From 1 to 3,600,000; absent: never.</summary>
    public int? HedgeAfterMs { get; init; }
}
