namespace ModelMesh.LocalHosting;

/// <summary>A resource that is one process or several equal ones.</summary>
public abstract class ProcessResource(string name, string workingDirectory)
    : Resource(name), IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithArgs, IResourceWithWaitSupport
{
    public string WorkingDirectory { get; } = workingDirectory;

    internal List<Endpoint> Endpoints { get; } = [];

    /// <summary>Values are asked for at the start of each process, when all ports are known.</summary>
    internal Dictionary<string, Func<string?>> Environment { get; } = new(StringComparer.Ordinal);

    internal List<Func<string>> Args { get; } = [];

    internal int Replicas { get; set; } = 1;

    /// <summary>Asked of the first http endpoint; without one, a process is healthy when its ports accept.</summary>
    internal string? HealthPath { get; set; }

    internal abstract string Command { get; }

    /// <summary>What comes before <see cref="Args"/>.</summary>
    internal abstract IEnumerable<string> CommandArgs { get; }

    /// <summary>A store comes back by itself; a service that crashes stays down, so that the crash is seen.</summary>
    internal abstract bool RestartsWhenItDies { get; }

    internal Endpoint Endpoint(string name) =>
        Endpoints.Find(endpoint => endpoint.Name == name) ?? throw new InvalidOperationException($"Resource '{Name}' has no endpoint '{name}'.");
}
