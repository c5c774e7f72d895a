namespace ModelMesh.ServiceDefaults.Listening;

/// <summary>
/// Which ports a service listens on (section <c>Listen</c>). gRPC needs a port of its own: without TLS, HTTP/1.1 and HTTP/2 cannot share one.
/// </summary>
public sealed class ListenSettings
{
    /// <summary>The address to bind: an IP address, <c>localhost</c>, or <c>*</c> for every address.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port for HTTP/1.1; 0 takes a free one.</summary>
    public int? Http { get; set; }

    /// <summary>The port for HTTP/2 without TLS (gRPC); 0 takes a free one.</summary>
    public int? Grpc { get; set; }
}
