namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary>A rollout as its pages show it and its live topic sends it, but for what it did in each step.</summary>
/// <param name="Key">The model's name, percent-encoded: its key in the live stream.</param>
/// <param name="Step">Which of the steps runs, from 1; 0 before the first.</param>
/// <param name="StepText">The same for people.</param>
/// <param name="FromShare">What the old version gets of what both get, in percent.</param>
/// <param name="ToShare">What the new one gets.</param>
/// <param name="Requests">How many requests the new version has served in the step that runs, or in the last one.</param>
/// <param name="Evidence">Those, and how many it takes.</param>
/// <param name="Error">The new version's share of failures, for people.</param>
/// <param name="TtftMs">The new version's 95th percentile of the time to first token in milliseconds.</param>
public sealed record RolloutSheet(
    string Key,
    string RequestId,
    string Model,
    string From,
    string To,
    string Strategy,
    string Status,
    string Message,
    int Step,
    int StepCount,
    string StepText,
    double FromShare,
    double ToShare,
    long Requests,
    string Evidence,
    string Error,
    double? TtftMs,
    double MaxErrorRate,
    double? MaxTtftP95Ms,
    int MinRequests,
    DateTimeOffset? StepStart,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    DateTimeOffset CreatedAt,
    long Revision)
{
    public bool IsActive => Status is "pending" or "running" or "paused";
}

/// <summary>One step of a rollout: what it plans, and what both versions did in it. Rates from 0 to 1, null without requests; times in milliseconds.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Planned">The new version's part in percent.</param>
/// <param name="State"><c>done</c>, <c>now</c>, <c>stopped</c> where it ended in this step, or <c>ahead</c>.</param>
public sealed record RolloutStepSheet(
    int Step,
    int Planned,
    string State,
    long? FromRequests,
    long? FromFailures,
    double? FromErrorRate,
    string? FromError,
    double? FromTtftMs,
    long? ToRequests,
    long? ToFailures,
    double? ToErrorRate,
    string? ToError,
    double? ToTtftMs);
