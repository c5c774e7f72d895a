using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ModelMesh.Registry.Health;

/// <summary>Not ready from the moment the service is asked to stop, so that nobody is sent here any more.</summary>
internal sealed class StoppingHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The registry is stopping.") : HealthCheckResult.Healthy());
}
