using System.Text.Json;
using ModelMesh.Registry.ModelHealth;

namespace ModelMesh.Registry.Admin;

/// <summary>The health of a model's upstream as operators see it.</summary>
/// <param name="State">healthy, starting, unhealthy or unknown.</param>
/// <param name="Reason">Why it is not healthy.</param>
/// <param name="LastError">The last failure of this revision, also after the recovery.</param>
/// <param name="LastErrorAt">When that was.</param>
/// <param name="CheckedAt">When the upstream last answered or failed.</param>
/// <param name="Source">passive: real traffic; active: a probe.</param>
/// <param name="Instance">The replica that found it.</param>
/// <param name="Details">What the upstream says of itself.</param>
internal sealed record HealthView(
    HealthState State,
    string? Reason,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    DateTimeOffset? CheckedAt,
    HealthSource? Source,
    string? Instance,
    JsonElement? Details)
{
    public static HealthView From(HealthRecord health) => new(
        health.Standing.State, health.Standing.Reason, health.LastError, health.LastErrorAt, health.CheckedAt, health.Source, health.Instance, health.Details);
}
