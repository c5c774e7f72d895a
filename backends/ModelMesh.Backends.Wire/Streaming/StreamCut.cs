using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>The failure of a stream that ended without its end.</summary>
public static class StreamCut
{
    /// <summary>The connection closed in good order, but the answer was not over.</summary>
    public static BackendException Failure() => new(BackendErrorKind.Protocol, "The upstream's stream ended before its answer was complete.");
}
