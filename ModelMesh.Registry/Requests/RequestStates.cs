namespace ModelMesh.Registry.Requests;

/// <summary>Where a request is on its way.</summary>
internal static class RequestStates
{
    /// <summary>It has no slot: it waits for one, or has just come.</summary>
    public const string Queued = "queued";

    /// <summary>It has a slot and waits for its first token, or for its embeddings.</summary>
    public const string Waiting = "waiting";

    /// <summary>Its first token has come.</summary>
    public const string Streaming = "streaming";

    public static IReadOnlyList<string> All { get; } = [Queued, Waiting, Streaming];
}
