using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ModelMesh.ServiceDefaults.Shutdown;

/// <summary>Not ready from the moment the service is asked to stop, so that nobody is sent here any more.</summary>
internal sealed class StoppingHealthCheck(StopNotice notice) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(notice.Given.IsCancellationRequested ? HealthCheckResult.Unhealthy("The service is stopping.") : HealthCheckResult.Healthy());
}
