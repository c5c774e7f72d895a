using Microsoft.Extensions.Diagnostics.HealthChecks;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Health;

/// <summary>
/// Unhealthy until the catalog was loaded once. Later, with the store away, degraded: running streams go on and the admin API still answers
/// reads, so taking the replica out would only make it worse.
/// </summary>
internal sealed class CatalogHealthCheck(ICatalog catalog) : IHealthCheck
{
    private volatile bool _loadedOnce;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await catalog.RefreshAsync(cancellationToken);
            _loadedOnce = true;
            return HealthCheckResult.Healthy();
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return _loadedOnce
                ? HealthCheckResult.Degraded("The store is away: new requests are refused.")
                : HealthCheckResult.Unhealthy("The catalog has not been loaded yet: the store is away.");
        }
    }
}
