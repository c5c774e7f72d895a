using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Cli.Http.Views;

namespace ModelMesh.Cli.Http;

internal sealed record ErrorAnswer(ErrorView Error);

internal sealed record ErrorView(string Code, string Message, long? RetryAfterMs, IReadOnlyList<FaultView>? Details);

internal sealed record FaultView(string Field, string Message);

/// <summary>One piece of an answer.</summary>
internal sealed record TokenEvent(string Token, string? Reasoning, string? Refusal, JsonElement? ToolCalls);

internal sealed record DoneEvent(string? FinishReason, UsageView? Usage, string? Model, string? Version, long? Revision);

internal sealed record UsageView(long InputTokens, long OutputTokens, bool? Estimated);

/// <summary>What the program reads of answers, to show it. Fields it does not know are left alone: <c>--json</c> prints them all.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(TokenEvent))]
[JsonSerializable(typeof(DoneEvent))]
[JsonSerializable(typeof(ModelListView))]
[JsonSerializable(typeof(ModelView))]
[JsonSerializable(typeof(WeightsView))]
[JsonSerializable(typeof(RolloutListView))]
[JsonSerializable(typeof(RolloutView))]
[JsonSerializable(typeof(BackendListView))]
[JsonSerializable(typeof(InstanceListView))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(AliasListView))]
[JsonSerializable(typeof(RuleListView))]
[JsonSerializable(typeof(LimitListView))]
[JsonSerializable(typeof(CallerListView))]
[JsonSerializable(typeof(RoutingView))]
[JsonSerializable(typeof(ExplanationView))]
[JsonSerializable(typeof(CatalogEventView))]
[JsonSerializable(typeof(ClearedCacheView))]
[JsonSerializable(typeof(ShadowView))]
[JsonSerializable(typeof(OfferedModelsView))]
[JsonSerializable(typeof(RequestListView))]
[JsonSerializable(typeof(CancelledRequestsView))]
internal sealed partial class ApiJson : JsonSerializerContext;
