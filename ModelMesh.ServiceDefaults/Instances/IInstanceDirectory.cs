using ModelMesh.Contracts.Instances;

namespace ModelMesh.ServiceDefaults.Instances;

/// <summary>The live registry instances, followed in the background. Thread-safe.</summary>
public interface IInstanceDirectory
{
    /// <summary>
    /// The instances known to live, ordered by id. While the store is away this is what was last known: an instance is not gone because the
    /// store is. It never becomes empty by itself once it held one.
    /// </summary>
    IReadOnlyList<InstanceInfo> Current { get; }

    /// <summary>Raised after <see cref="Current"/> changed. Handlers must be quick and must not throw.</summary>
    event Action? Changed;
}
