namespace ModelMesh.LocalHosting;

public sealed class EndpointReference
{
    private readonly string _name;

    internal EndpointReference(ProcessResource resource, string name)
    {
        Resource = resource;
        _name = name;
    }

    public string Url => Endpoint.Address;

    public int Port => Endpoint.Port;

    internal ProcessResource Resource { get; }

    private Endpoint Endpoint => Resource.Endpoint(_name);

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    internal string Resolve(EndpointProperty property) => property switch
    {
        EndpointProperty.Url => Endpoint.Address,
        EndpointProperty.Host => Loopback.Host,
        EndpointProperty.Port => $"{Endpoint.Port}",
        EndpointProperty.HostAndPort => $"{Loopback.Host}:{Endpoint.Port}",
        // An executable has one replica, so its own port is the first.
        EndpointProperty.TargetPort => $"{Endpoint.TargetPorts[0]}",
        _ => throw new ArgumentOutOfRangeException(nameof(property), property, null),
    };
}

public enum EndpointProperty
{
    Url,
    Host,
    Port,
    HostAndPort,
    TargetPort,
}

/// <summary>A value that is known once ports are.</summary>
public sealed class EndpointReferenceExpression
{
    private readonly EndpointReference _endpoint;
    private readonly EndpointProperty _property;

    internal EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property)
    {
        _endpoint = endpoint;
        _property = property;
    }

    internal ProcessResource Resource => _endpoint.Resource;

    internal string Resolve() => _endpoint.Resolve(_property);
}
