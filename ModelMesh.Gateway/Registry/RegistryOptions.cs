using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Registry;

/// <summary>How registry instances are reached (section <c>Registry</c>).</summary>
internal sealed class RegistryOptions
{
    /// <summary>
    /// Fixed gRPC addresses, comma separated, e.g. <c>http://10.0.0.5:9090,http://10.0.0.6:9090</c>; also <c>--registry-addr</c>.
    /// Empty: the live instances are discovered in the store.
    /// </summary>
    public string Addresses { get; set; } = "";

    /// <summary>How long a connection may take to open; above zero, at most 1 day.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a connection with streams on it may be silent before it is pinged; from 1 second to 1 day.</summary>
    public TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the answer to a ping may take before the peer counts as dead and its streams end with an error; from 1 second to 1 day. Long enough that a peer which is
    /// only starved of processor time is not taken for dead; one that is killed is noticed at once, by its connection.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an instance is avoided after its connection failed; doubled with each failure after that. Above zero.</summary>
    public TimeSpan QuarantineBase { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest time an instance is avoided; at least <see cref="QuarantineBase"/>, at most 1 day.</summary>
    public TimeSpan QuarantineMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an instance may take to say that it took a request, or that the request waits for a slot, before another is asked. It is also what an instance may be silent
    /// beyond what the model's own time-outs allow, before its request counts as timed out. From 100 milliseconds to 1 day.
    /// </summary>
    public TimeSpan AcceptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How one of several instances is chosen: one of <see cref="BalancingPolicies"/>. <c>consistent_hash</c> goes by a request's hash key, <c>prefix_affinity</c> by how
    /// its prompt begins; each weighs all instances alike.</summary>
    public string Balancing { get; set; } = BalancingPolicies.LeastInFlight;

    /// <summary>The largest message from a registry, in bytes; at least 1024. A token is never cut in two: it is as long as the backend made it, and a registry sends 64 MiB.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024 * 1024;
}
