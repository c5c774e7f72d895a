using System.Text.Json;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.Secrets;

namespace ModelMesh.Registry.ModelHealth;

/// <summary>What a probe found. Texts only: nothing of the plugin's is kept.</summary>
/// <param name="State">Healthy, starting or unhealthy.</param>
/// <param name="Reason">Why it is not healthy.</param>
/// <param name="Outcome">How the probe ended, as it is counted: a state, <c>timeout</c> or <c>error</c>.</param>
internal sealed record HealthFinding(HealthState State, string? Reason, string Outcome)
{
    private const int MostDetails = 4 * 1024;

    /// <summary>What else the upstream said of itself, as a JSON object.</summary>
    public string? Details { get; init; }

    public static HealthFinding TimedOut(TimeSpan after) => new(HealthState.Unhealthy, $"The health check did not answer within {after.TotalSeconds:0.#} s.", "timeout");

    public static HealthFinding StillRunning(TimeSpan since) => new(HealthState.Unhealthy, $"The health check that began {since.TotalSeconds:0} s ago has not ended.", "timeout");

    public static HealthFinding Error(string reason) => new(HealthState.Unhealthy, reason, "error");

    public static HealthFinding From(BackendHealth health)
    {
        // More than a few short fields would be carried by every replica at every look.
        var details = health.Details?.ToJsonString();
        details = details?.Length > MostDetails ? null : details;
        var reason = health.Reason;
        return health.State switch
        {
            BackendHealthState.Healthy => new HealthFinding(HealthState.Healthy, null, "healthy") { Details = details },
            BackendHealthState.Starting => new HealthFinding(HealthState.Starting, reason ?? "The upstream is starting.", "starting") { Details = details },
            _ => new HealthFinding(HealthState.Unhealthy, reason ?? "The health check gave no reason.", "unhealthy") { Details = details },
        };
    }

    /// <summary>The same, fit to be stored and shown.</summary>
    public HealthFinding Shown(KnownSecrets secrets) => this with
    {
        Reason = Reason is null ? null : HealthText.Shown(Reason, secrets),
        Details = Details is null ? null : JsonWithout(Details, secrets),
    };

    // What is taken out of a number leaves no JSON: then there are no details.
    private static string? JsonWithout(string json, KnownSecrets secrets)
    {
        var redacted = secrets.Redact(json);
        return redacted == json || IsJson(redacted) ? redacted : null;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
