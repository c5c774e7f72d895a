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
/// <param name="Type">The backend type; empty where it did not load far enough to say.</param>
/// <param name="Version">Of the build in use; empty where there is none.</param>
/// <param name="State"><c>loading</c>, <c>ready</c>, <c>failed</c> or <c>removed</c>.</param>
public sealed record InstancePlugin(string Type, string Version, string State)
{
    /// <summary>Its folder on the instance's machine.</summary>
    public string? Folder { get; init; }

    /// <summary>Why it failed; of a ready one, why its replacement was refused. At most 4,000 characters.</summary>
    public string? Error { get; init; }

    /// <summary>How many earlier builds of it are still loaded, because streams run on them; null for none.</summary>
    public int? EarlierBuilds { get; init; }
}
