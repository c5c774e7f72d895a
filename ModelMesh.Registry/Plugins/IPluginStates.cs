using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Plugins;

/// <summary>The plugins as this replica announces them. Thread-safe.</summary>
internal interface IPluginStates
{
    /// <summary>Every plugin folder that was seen, also one that failed to load.</summary>
    IReadOnlyList<InstancePlugin> Announced { get; }

    /// <summary>Raised after <see cref="Announced"/> changed. Handlers must be quick and must not throw.</summary>
    event Action? Changed;
}
