namespace ModelMesh.Bench.Compare.Load;

/// <summary>What is sent, and when.</summary>
internal sealed record Workload
{
    public required TokenPlan Plan { get; init; }

    public required Arrivals Arrivals { get; init; }

    /// <summary>Whether the answer is asked for as a stream.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>Bytes of the user's message.</summary>
    public int PromptBytes { get; init; } = 32;

    public ClientBehaviour Behaviour { get; init; }

    /// <summary>1.1, or 2.0 without TLS for servers that take it.</summary>
    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;
}
