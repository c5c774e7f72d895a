namespace ModelMesh.Testing.Backends;

/// <summary>How an upstream separates the chunks of a stream.</summary>
public enum UpstreamFraming
{
    /// <summary>Server-sent events: <c>data: {…}</c> and a blank line.</summary>
    ServerSentEvents,

    /// <summary>One JSON text a line.</summary>
    JsonLines,
}
