using System.Text.Json;

namespace ModelMesh.Cli.Http.Views;

internal sealed record ModelListView(IReadOnlyList<ModelView> Models, string? NextCursor);

internal sealed record ModelView(
    string Name, string Version, string BackendType, JsonElement? Backend, int MaxConcurrency, int Weight, bool Shadow, IReadOnlyList<string>? Capabilities,
    IReadOnlyDictionary<string, string>? Labels, IReadOnlyList<string>? Adapters, int MaxQueue, string Status, string? StatusReason, ModelHealthView? Health,
    IReadOnlyList<EndpointView>? Endpoints, long Revision, int? Active, int? Queued, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string Id => $"{Name}@{Version}";
}

internal sealed record ModelHealthView(string State, string? Reason, string? LastError, DateTimeOffset? LastErrorAt);

internal sealed record EndpointView(string? Endpoint, int Weight, string State, int InFlight, int Failures, string? LastError);

internal sealed record WeightsView(string Name, IReadOnlyList<VersionShareView> Versions, long Revision);

internal sealed record VersionShareView(string Version, int Weight, double Share, bool Shadow, bool Draining);

internal sealed record ShadowView(string Name, string Version, bool Shadow, double ShadowSample, IReadOnlyList<ComparisonView> Comparisons);

internal sealed record ComparisonView(
    DateTimeOffset Since, long Requests, long Dropped, long BothCompleted, ShadowSideView Real, ShadowSideView Shadow, LikenessView SameFinishReason, LikenessView ExactMatch);

internal sealed record ShadowSideView(
    string Version, long Completed, long Errors, double? ErrorRate, long Unserved, long Left, double? TtftP50Ms, double? TtftP95Ms, double? AverageOutputTokens, double? AverageCharacters);

internal sealed record LikenessView(long Compared, long Same, double? Rate);

internal sealed record ClearedCacheView(long Removed);
