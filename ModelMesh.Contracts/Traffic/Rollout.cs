using System.Text.Json.Serialization;

namespace ModelMesh.Contracts.Traffic;

/// <summary>Traffic of one model on its way from one version to another. The newest one of each model.</summary>
public sealed record Rollout : ITrafficEntry
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Its own id, which callers get as <c>request_id</c>.</summary>
    public required string RequestId { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>One of <see cref="RolloutStrategies"/>.</summary>
    public required string Strategy { get; init; }

    /// <summary>The shares of <see cref="To"/> in percent, rising, the last of them 100.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [10, 25, 50, 75, 100];

    /// <summary>How long each step lasts at least, in milliseconds.</summary>
    public long StepDurationMs { get; init; } = 60_000;

    /// <summary>How long a canary's step waits for enough requests before everything is moved back, in milliseconds; at least <see cref="StepDurationMs"/>.</summary>
    public long StepTimeoutMs { get; init; } = 3_600_000;

    /// <summary>The highest share of failed requests, from 0 to 1.</summary>
    public double MaxErrorRate { get; init; } = 0.05;

    /// <summary>The highest 95th percentile of the time to first token in milliseconds; null: any.</summary>
    public double? MaxTtftP95Ms { get; init; }

    /// <summary>How many requests the target must have served in a step before it is judged good.</summary>
    public int MinRequests { get; init; } = 20;

    /// <summary>How long blue-green waits for the requests of the old version after the switch, in milliseconds.</summary>
    public long DrainTimeoutMs { get; init; } = 60_000;

    /// <summary>One of <see cref="RolloutStatuses"/>.</summary>
    public string Status { get; init; } = RolloutStatuses.Pending;

    /// <summary>The index of the step that runs; -1 before the first.</summary>
    public int Step { get; init; } = -1;

    /// <summary>When the step began, by the store's clock.</summary>
    public DateTimeOffset? StepStart { get; init; }

    /// <summary>When it began to wait for the old version's requests, by the store's clock; null before that.</summary>
    public DateTimeOffset? DrainStart { get; init; }

    /// <summary>The weights of both versions before it began.</summary>
    public int FromWeight { get; init; }

    public int ToWeight { get; init; }

    /// <summary>What both weights add up to while it moves them.</summary>
    public int TotalWeight { get; init; } = 100;

    /// <summary>What both versions did in the last step that was written; null before the first.</summary>
    public RolloutFigures? FromFigures { get; init; }

    public RolloutFigures? ToFigures { get; init; }

    /// <summary>What is going on, or why it ended, for people.</summary>
    public string Message { get; init; } = "";

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public long Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it has not ended: its versions cannot be deleted, nor their weights set by hand.</summary>
    [JsonIgnore]
    public bool IsActive => Status is RolloutStatuses.Pending or RolloutStatuses.Running or RolloutStatuses.Paused;
}
