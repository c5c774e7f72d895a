using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ModelMesh.ServiceDefaults.Store;

internal sealed class StoreHealthCheck(StoreConnection store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The store is away: running streams go on, new requests are refused."));
}
