using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Instances;

/// <summary>What the heartbeat asks of the plugin host. Thread-safe.</summary>
internal interface IInstancePlugins
{
    /// <summary>The plugins of this process and their states.</summary>
    IReadOnlyList<InstancePlugin> Plugins { get; }

    /// <summary>Raised after <see cref="Plugins"/> changed. Handlers are quick and do not throw.</summary>
    event Action? PluginsChanged;
}
