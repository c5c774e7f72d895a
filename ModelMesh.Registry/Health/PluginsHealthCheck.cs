using Microsoft.Extensions.Diagnostics.HealthChecks;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Health;

/// <summary>Ready once every plugin folder was looked into. A broken plugin is its models' trouble, not the replica's.</summary>
internal sealed class PluginsHealthCheck(PluginHost plugins) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!plugins.Scanned)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The plugins are still being loaded."));
        }

        var failed = plugins.Table.Entries.Where(entry => entry.State == PluginState.Failed).Select(entry => entry.Folder.Name).ToList();
        return Task.FromResult(HealthCheckResult.Healthy(failed.Count == 0 ? null : $"Not loaded: {string.Join(", ", failed)}."));
    }
}
