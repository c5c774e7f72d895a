using System.Text.Json.Serialization;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Ui.Playground;

/// <param name="RequestId">As logs and the list of requests in flight have it.</param>
/// <param name="By"><c>model</c>, <c>rule</c>, <c>capabilities</c> or <c>default</c>.</param>
/// <param name="Rule">The rule that decided, where one did.</param>
/// <param name="Next">What is tried where the first version fails before a token.</param>
internal sealed record RoutedEvent(string RequestId, string By, string? Rule, string Model, string Version, string? Adapter, IReadOnlyList<string> Next);

/// <summary>A version failed before a token, and the next one of the plan is asked.</summary>
internal sealed record MovedEvent(string Model, string Version, string? Adapter, ErrorInfo Because);

internal sealed record QueuedEvent(int Position, long? ExpectedWaitMs);

internal sealed record AcceptedEvent(string Model, string Version, long Revision, string Instance, string BackendType);

/// <param name="Tokens">How many pieces of the backend's the text is made of.</param>
/// <param name="Cost">With the first ones only.</param>
internal sealed record TokensEvent(string? Text, string? Reasoning, int Tokens, CostView? Cost);

/// <param name="Attempts">How many times backends were asked until one answered.</param>
/// <param name="Endpoint">The address that answers; absent where it is the backend type's own.</param>
internal sealed record CostView(long BackendWaitMs, int Attempts, string? Endpoint);

/// <param name="CurrentRevision">What serves new requests by now; absent where the version is registered no more.</param>
internal sealed record CompletedEvent(
    string FinishReason, long InputTokens, long OutputTokens, long TotalTokens, bool UsageIsEstimated, long? CachedInputTokens, long? ReasoningTokens, int SkippedChunks, CostView? Cost, long? CurrentRevision);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoutedEvent))]
[JsonSerializable(typeof(MovedEvent))]
[JsonSerializable(typeof(QueuedEvent))]
[JsonSerializable(typeof(AcceptedEvent))]
[JsonSerializable(typeof(TokensEvent))]
[JsonSerializable(typeof(CompletedEvent))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class PlaygroundJson : JsonSerializerContext;
