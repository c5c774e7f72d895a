using System.Text.Json.Serialization;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Infer.Sse;

/// <summary>The data of <c>event: done</c>.</summary>
internal sealed record DoneBody(string FinishReason, UsageBody Usage, string Model, string Version, long Revision)
{
    /// <summary>The finish reasons of all answers; absent where there is one answer.</summary>
    public IReadOnlyList<string>? FinishReasons { get; init; }

    /// <summary>How many chunks of the backend's stream could not be read and are missing in the answer; absent where none is.</summary>
    public int? SkippedChunks { get; init; }

    /// <summary>Who went on with the answer after it broke, in order; absent where it did not.</summary>
    public IReadOnlyList<ContinuedBody>? Continued { get; init; }

    public static DoneBody From(Completed completed, Accepted accepted)
    {
        return new DoneBody(
            completed.FinishReason,
            UsageBody.From(completed.Usage ?? new Usage()),
            accepted.Model,
            accepted.Version,
            accepted.Revision)
        {
            FinishReasons = completed.FinishReasons.Count == 0 ? null : completed.FinishReasons,
            SkippedChunks = completed.SkippedChunks == 0 ? null : completed.SkippedChunks,
            Continued = completed.ContinuedBy.Count == 0
                ? null
                : [.. completed.ContinuedBy.Select(next => new ContinuedBody(next.Model, next.Version, next.Revision, next.Instance))],
        };
    }
}

internal sealed record ContinuedBody(string Model, string Version, long Revision, string Instance);

internal sealed record UsageBody(long InputTokens, long OutputTokens, long TotalTokens, long? CachedInputTokens, long? ReasoningTokens, bool? Estimated)
{
    public static UsageBody From(Usage usage) => new(
        usage.InputTokens,
        usage.OutputTokens,
        usage.TotalTokens,
        usage.HasCachedInputTokens ? usage.CachedInputTokens : null,
        usage.HasReasoningTokens ? usage.ReasoningTokens : null,
        usage.Estimated ? true : null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoneBody))]
internal sealed partial class DoneJson : JsonSerializerContext;
