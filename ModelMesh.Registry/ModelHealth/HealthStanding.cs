namespace ModelMesh.Registry.ModelHealth;

/// <summary>How a model's upstream stands: what the next outcome is judged on.</summary>
/// <param name="State">What is known.</param>
/// <param name="Reason">Why it is not healthy.</param>
/// <param name="Failures">Failed requests and probes since the last success.</param>
/// <param name="FailedProbes">Failed probes in a row: what the back-off grows with.</param>
internal sealed record HealthStanding(HealthState State, string? Reason = null, int Failures = 0, int FailedProbes = 0)
{
    public static HealthStanding Unknown { get; } = new(HealthState.Unknown);

    public static HealthStanding Healthy { get; } = new(HealthState.Healthy);
}
