using Microsoft.Extensions.Diagnostics.HealthChecks;
using ModelMesh.Gateway.Registry;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>Ready once the catalog was loaded and a registry instance is known. A store that goes away later does not make it unready: requests are served still.</summary>
internal sealed class ReadinessCheck(ICatalog catalog, RegistryFleet fleet) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Loading puts another snapshot in the place of the empty one, even when the catalog is empty itself.
        var result = (ReferenceEquals(catalog.Current, CatalogSnapshot.Empty), fleet.Count) switch
        {
            (true, _) => HealthCheckResult.Unhealthy("The catalog has not been loaded yet."),
            (_, 0) => HealthCheckResult.Unhealthy("No registry instance is known."),
            (_, var count) => HealthCheckResult.Healthy($"{count} registry instances are known."),
        };
        return Task.FromResult(result);
    }
}
