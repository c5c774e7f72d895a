using System.Text.Json.Serialization;

namespace ModelMesh.Gateway.Models;

/// <summary>One entry of the list of models: what a client may put into <c>model</c>.</summary>
/// <param name="Id">A model's name, an alias, or <c>name:adapter</c>; asked for by a version also <c>name@version</c>.</param>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">When its first version was registered, in seconds since 1970.</param>
/// <param name="OwnedBy">The label <c>owned_by</c>, or <c>modelmesh</c>.</param>
/// <param name="Parent">The base model's id; null for one that is no adapter.</param>
/// <param name="Modelmesh">What the mesh knows of it.</param>
/// <param name="Name">The registered name, without version and adapter.</param>
internal sealed record ModelEntry(string Id, string Object, long Created, string OwnedBy, string? Parent, ModelDetails Modelmesh, [property: JsonIgnore] string Name);

/// <summary>A model over its versions.</summary>
internal sealed record ModelDetails
{
    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required HealthDetails Health { get; init; }

    public required int Active { get; init; }

    public required int MaxConcurrency { get; init; }

    /// <summary>Those of all versions.</summary>
    public required IReadOnlyList<string> Capabilities { get; init; }

    /// <summary>Those of all versions; of one that differs between versions the value of the highest revision.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<string> BackendTypes { get; init; }

    /// <summary>The highest of its versions' revisions.</summary>
    public required long Revision { get; init; }

    /// <summary>What an alias stands for: a model's name, or <c>name@version</c>. Null for all else.</summary>
    public string? AliasOf { get; init; }

    /// <summary>The name of this adapter.</summary>
    public string? Adapter { get; init; }

    /// <summary>The id of the model that this adapter is on.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The adapters on this model.</summary>
    public IReadOnlyList<string>? Adapters { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? TokensPerSecond { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? TimeToFirstTokenMs { get; init; }

    /// <summary>Since when status, health and figures may be wrong, because the store does not answer; absent while it does.</summary>
    public DateTimeOffset? StaleSince { get; init; }

    /// <summary>Ordered by version.</summary>
    public required IReadOnlyList<VersionDetails> Versions { get; init; }
}

/// <summary>One version of a model.</summary>
internal sealed record VersionDetails
{
    public required string Version { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public required HealthDetails Health { get; init; }

    public required int Active { get; init; }

    public required int MaxConcurrency { get; init; }

    public required int Weight { get; init; }

    public required bool Shadow { get; init; }

    public required string BackendType { get; init; }

    public required long Revision { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<string> Adapters { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? TokensPerSecond { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? TimeToFirstTokenMs { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <param name="State"><c>healthy</c>, <c>starting</c>, <c>unhealthy</c> or <c>unknown</c>.</param>
/// <param name="Reason">Why it is not healthy.</param>
internal sealed record HealthDetails(string State, string? Reason);
