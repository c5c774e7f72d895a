using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ModelMesh.ServiceDefaults.Catalog;

internal sealed class CatalogHealthCheck(CatalogFollower catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(catalog.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The catalog was not read yet."));
}
