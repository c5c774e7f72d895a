using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting;

/// <summary>What all replicas of one run share.</summary>
/// <param name="OtlpAddress">Where telemetry goes; null when nobody collects it.</param>
internal sealed record LaunchContext(LaunchOutput Output, IOrphanGuard Guard, HealthProbe Probe, string? OtlpAddress);
