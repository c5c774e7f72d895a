namespace ModelMesh.LocalHosting;

/// <summary>One named port of a resource. Replicas have ports of their own behind the shared one.</summary>
internal sealed record Endpoint(string Name, string Scheme, int? RequestedPort, string? PortVariable)
{
    private int[] _targetPorts = [];

    /// <summary>The port others use.</summary>
    public int Port { get; private set; }

    /// <summary>The port each replica listens on; that of the only replica is the shared port itself.</summary>
    public IReadOnlyList<int> TargetPorts => _targetPorts;

    public bool IsBalanced => _targetPorts.Length > 1;

    public string Address => $"{Scheme}://{Loopback.Host}:{Port}";

    public void Allocate(int replicas)
    {
        Port = RequestedPort is { } requested ? FreePorts.Claim(requested, Name) : FreePorts.Next();
        _targetPorts = replicas == 1 ? [Port] : [.. Enumerable.Range(0, replicas).Select(_ => FreePorts.Next())];
    }
}
