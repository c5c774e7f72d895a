namespace ModelMesh.Contracts.Instances;

/// <summary>One live registry process, as it announces itself in the store.</summary>
/// <param name="Id">Unique a process start.</param>
/// <param name="GrpcAddress">Where gateways reach it, e.g. <c>http://127.0.0.1:9090</c>.</param>
/// <param name="HttpAddress">Where operators reach it.</param>
/// <param name="Plugins">The backend types it can serve at this moment.</param>
/// <param name="StartedAt">When the process started.</param>
public sealed record InstanceInfo(string Id, string GrpcAddress, string HttpAddress, IReadOnlyList<InstancePlugin> Plugins, DateTimeOffset StartedAt)
{
    /// <summary>True once the process is asked to stop: send it nothing new. It still takes what comes for its <c>Shutdown:Delay</c>.</summary>
    public bool Stopping { get; init; }
}

/// <summary>A plugin as one instance sees it.</summary>
public sealed record InstancePlugin(string Type, string Version, string State);
