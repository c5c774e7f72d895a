using System.Text.Json;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>What all replicas share of one model version's health. Texts and numbers only: it outlives the plugin that it tells of.</summary>
/// <param name="Revision">The revision of the model it is about.</param>
/// <param name="Standing">How the upstream stands.</param>
internal sealed record HealthRecord(long Revision, HealthStanding Standing)
{
    /// <summary>When the upstream last answered or failed, by the store's clock.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    public HealthSource? Source { get; init; }

    /// <summary>The replica that found it.</summary>
    public string? Instance { get; init; }

    /// <summary>The revision's last failure; it stays after the recovery.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>What the upstream said of itself at the last probe.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>From when it was read until a probe is due; not positive when one is.</summary>
    public TimeSpan DueIn { get; init; }

    public static HealthRecord Unknown(long revision) => new(revision, HealthStanding.Unknown);
}
