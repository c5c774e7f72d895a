using System.Diagnostics.Metrics;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Prometheus;

namespace ModelMesh.Registry.Diagnostics;

/// <summary>How plugins stand at this replica, each time that somebody wants to know.</summary>
internal sealed class PluginGauges : IInstruments
{
    private readonly PluginHost _plugins;

    public PluginGauges(IMeterFactory meters, PluginHost plugins)
    {
        _plugins = plugins;
        var meter = meters.Create(InferenceTelemetry.Name);
        meter.CreateObservableGauge("modelmesh.registry.plugins", States, "{plugin}", "Plugin folders by name, backend type and state (loading, ready, failed or removed); each is 1");
        meter.CreateObservableGauge(
            "modelmesh.registry.plugins.outdated", Outdated, "{plugin}", "Whether a plugin serves an older build, since what is in its folder now was refused: 1 or 0");
    }

    private IEnumerable<Measurement<int>> States() => _plugins.Table.Entries.Select(entry => new Measurement<int>(
        1, new("plugin", entry.Folder.Name), new("type", entry.Type), new KeyValuePair<string, object?>("state", entry.State.ToString().ToLowerInvariant())));

    private IEnumerable<Measurement<int>> Outdated() => _plugins.Table.Entries.Where(entry => entry.Build is not null).Select(entry => new Measurement<int>(
        entry.Error is null ? 0 : 1, new("plugin", entry.Folder.Name), new KeyValuePair<string, object?>("type", entry.Type)));
}
