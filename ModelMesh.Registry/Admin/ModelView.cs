using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Admin;

/// <summary>A model version as operators see it: what is registered, and how it does on the replica that answers.</summary>
internal sealed record ModelView
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string BackendType { get; init; }

    public required bool Mock { get; init; }

    public required JsonElement Backend { get; init; }

    public required int MaxConcurrency { get; init; }

    public required int Weight { get; init; }

    public required bool Shadow { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<string> Adapters { get; init; }

    public required ModelTimeouts Timeouts { get; init; }

    public required int MaxQueue { get; init; }

    /// <summary>In seconds.</summary>
    public required double QueueTimeout { get; init; }

    public required double ShadowSample { get; init; }

    public required IReadOnlyList<ModelEndpoint> Backends { get; init; }

    public required string Balancing { get; init; }

    public required ModelResilience Resilience { get; init; }

    public CacheView? Cache { get; init; }

    public required double Cost { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required HealthView Health { get; init; }

    /// <summary>How its endpoints stand at the replica that answers; in the answer about this version alone.</summary>
    public IReadOnlyList<EndpointView>? Endpoints { get; init; }

    public required long Revision { get; init; }

    /// <summary>Requests in flight over the whole mesh; null while the store, which alone knows, is away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Active { get; init; }

    /// <summary>Requests that wait for a slot over the whole mesh; null while the store is away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Queued { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static ModelView From(ModelVersion model, ModelStatus status, HealthRecord health, int? active, int? queued) => new()
    {
        Name = model.Name,
        Version = model.Version,
        BackendType = model.BackendType,
        Mock = model.BackendType is "mock",
        Backend = model.Backend,
        MaxConcurrency = model.MaxConcurrency,
        Weight = model.Weight,
        Shadow = model.Shadow,
        Capabilities = model.Capabilities,
        Labels = model.Labels,
        Adapters = model.Adapters,
        Timeouts = model.Timeouts,
        MaxQueue = model.MaxQueue,
        QueueTimeout = model.QueueTimeoutMs / 1_000.0,
        ShadowSample = model.ShadowSample,
        Backends = model.Backends,
        Balancing = model.Balancing,
        Resilience = model.Resilience,
        Cache = model.Cache is { } cache ? new CacheView(cache.Enabled, cache.TtlSeconds) : null,
        Cost = model.Cost,
        Status = status.State,
        StatusReason = status.Reason,
        Health = HealthView.From(health),
        Revision = model.Revision,
        Active = active,
        Queued = queued,
        CreatedAt = model.CreatedAt,
        UpdatedAt = model.UpdatedAt,
    };
}

/// <param name="Enabled">Whether requests are looked up without asking for it.</param>
/// <param name="Ttl">In seconds.</param>
internal sealed record CacheView(bool Enabled, int Ttl);

internal sealed record ModelListView(IReadOnlyList<ModelView> Models, string? NextCursor);

internal sealed record InstanceListView(IReadOnlyList<InstanceInfo> Instances);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelView))]
[JsonSerializable(typeof(ModelListView))]
[JsonSerializable(typeof(InstanceListView))]
[JsonSerializable(typeof(EventView))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>Quotes and letters stay what they are.</summary>
    public static AdminJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
