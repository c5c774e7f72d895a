using System.Text.Json.Serialization;

namespace ModelMesh.Gateway.Models;

/// <summary>One version of a model, flat, as clients of earlier systems read it.</summary>
internal sealed record ModelInfo
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>The adapter that was asked for.</summary>
    public string? Adapter { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    /// <summary><c>healthy</c>, <c>starting</c>, <c>unhealthy</c> or <c>unknown</c>.</summary>
    public required string Health { get; init; }

    public string? HealthReason { get; init; }

    public required string BackendType { get; init; }

    public required string OwnedBy { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyList<string> Adapters { get; init; }

    public required int MaxConcurrency { get; init; }

    public required int Active { get; init; }

    public required int Weight { get; init; }

    public required bool Shadow { get; init; }

    public required long Revision { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? TokensPerSecond { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required double? TimeToFirstTokenMs { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? StaleSince { get; init; }

    /// <summary>All versions of the model, where it has several and the request named none.</summary>
    public IReadOnlyList<string>? Versions { get; init; }

    /// <summary>Each of a model's versions.</summary>
    public static IEnumerable<ModelInfo> All(ModelEntry entry) => entry.Modelmesh.Versions.Select(version => Of(entry, version));

    /// <summary>The version that stands for its model: of those that take requests which name none, else of all, the one with the highest weight, the newest of several.</summary>
    public static ModelInfo OfModel(ModelEntry entry)
    {
        var versions = entry.Modelmesh.Versions;
        var main = versions
            .OrderByDescending(version => version is { Shadow: false, Weight: > 0, Status: not "draining" })
            .ThenByDescending(version => version.Weight)
            .ThenByDescending(version => version.Revision)
            .First();
        return Of(entry, main) with { Versions = versions.Count > 1 ? [.. versions.Select(version => version.Version)] : null };
    }

    private static ModelInfo Of(ModelEntry entry, VersionDetails version) => new()
    {
        Name = entry.Name,
        Version = version.Version,
        Adapter = entry.Modelmesh.Adapter,
        Status = version.Status,
        StatusReason = version.StatusReason,
        Health = version.Health.State,
        HealthReason = version.Health.Reason,
        BackendType = version.BackendType,
        OwnedBy = entry.OwnedBy,
        Capabilities = version.Capabilities,
        Labels = version.Labels,
        Adapters = version.Adapters,
        MaxConcurrency = version.MaxConcurrency,
        Active = version.Active,
        Weight = version.Weight,
        Shadow = version.Shadow,
        Revision = version.Revision,
        TokensPerSecond = version.TokensPerSecond,
        TimeToFirstTokenMs = version.TimeToFirstTokenMs,
        CreatedAt = version.CreatedAt,
        UpdatedAt = version.UpdatedAt,
        StaleSince = entry.Modelmesh.StaleSince,
    };
}

internal sealed record ModelInfoList(IReadOnlyList<ModelInfo> Models);
