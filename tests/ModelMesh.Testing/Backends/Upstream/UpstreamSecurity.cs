namespace ModelMesh.Testing.Backends;

/// <summary>What an upstream's port speaks.</summary>
public enum UpstreamSecurity
{
    /// <summary>Plain HTTP.</summary>
    None,

    /// <summary>TLS with a certificate that nobody trusts.</summary>
    SelfSigned,

    /// <summary>TLS, by its address; the connection is accepted and the handshake never answered.</summary>
    SilentHandshake,

    /// <summary>TLS, by its address; the port speaks plain HTTP.</summary>
    PlainBehindHttps,
}
