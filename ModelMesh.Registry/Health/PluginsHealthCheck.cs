using Microsoft.Extensions.Diagnostics.HealthChecks;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Health;

/// <summary>Ready once the plugin folders are loaded, but for one that takes unduly long. A broken plugin is its models' trouble, not the replica's.</summary>
internal sealed class PluginsHealthCheck(PluginHost plugins) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!plugins.Scanned)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The plugins are still being loaded."));
        }

        var missing = plugins.Table.Entries.Where(entry => entry.State is PluginState.Failed or PluginState.Loading).Select(entry => entry.Folder.Name).ToList();
        return Task.FromResult(HealthCheckResult.Healthy(missing.Count == 0 ? null : $"Not loaded: {string.Join(", ", missing)}."));
    }
}
