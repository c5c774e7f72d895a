using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What one version did, as operators see it: in the step that runs, or in the last one of a rollout that has ended.</summary>
internal sealed record SideView(string Version, long Requests, long Failures, double ErrorRate, double? TtftP95Ms)
{
    public static SideView Of(string version, RolloutFigures? figures) => new(
        version,
        figures?.Requests ?? 0,
        figures?.Failures ?? 0,
        figures is { Requests: > 0 } ? Math.Round((double)figures.Failures / figures.Requests, 4) : 0,
        figures?.TtftP95Ms);
}

internal sealed record FiguresView(SideView From, SideView To);

/// <summary>A rollout as operators see it: durations in seconds, steps counted from 1.</summary>
internal sealed record RolloutView(
    string RequestId,
    string Model,
    string From,
    string To,
    string Strategy,
    string Status,
    string Message,
    int Step,
    IReadOnlyDictionary<string, double> TrafficSplit,
    FiguresView Figures,
    IReadOnlyList<int> Steps,
    double StepDuration,
    double StepTimeout,
    double MaxErrorRate,
    double? MaxTtftP95Ms,
    int MinRequests,
    double DrainTimeout,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    long Revision,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static RolloutView Of(Rollout rollout, RolloutFigures? from, RolloutFigures? to)
    {
        var shares = TrafficShares.Of(rollout);
        return new RolloutView(
            rollout.RequestId,
            rollout.Model,
            rollout.From,
            rollout.To,
            rollout.Strategy,
            rollout.Status,
            rollout.Message,
            rollout.Step + 1,
            new Dictionary<string, double>(StringComparer.Ordinal) { [rollout.From] = shares.From, [rollout.To] = shares.To },
            new FiguresView(SideView.Of(rollout.From, from), SideView.Of(rollout.To, to)),
            rollout.Steps,
            rollout.StepDurationMs / 1000.0,
            rollout.StepTimeoutMs / 1000.0,
            rollout.MaxErrorRate,
            rollout.MaxTtftP95Ms,
            rollout.MinRequests,
            rollout.DrainTimeoutMs / 1000.0,
            rollout.Start,
            rollout.End,
            rollout.Revision,
            rollout.CreatedAt,
            rollout.UpdatedAt);
    }
}

internal sealed record RolloutListView(IReadOnlyList<RolloutView> Rollouts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RolloutView))]
[JsonSerializable(typeof(RolloutListView))]
internal sealed partial class RolloutJson : JsonSerializerContext
{
    /// <summary>Quotes and letters stay what they are.</summary>
    public static RolloutJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
