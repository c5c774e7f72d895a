namespace ModelMesh.Registry.Inference;

internal sealed partial class StreamRun
{
    [LoggerMessage(EventId = 209, EventName = "StreamFailed", Level = LogLevel.Warning, Message = "Request {RequestId} to {Model} revision {Revision} failed at its backend after {Tokens} tokens: {Error}: {Reason}")]
    private static partial void BackendFailed(ILogger logger, string requestId, string model, long revision, long tokens, string error, string reason);

    // What a plugin throws may hold a prompt or a secret, as its message or further in.
    [LoggerMessage(EventId = 212, EventName = "StreamFailure", Level = LogLevel.Trace, Message = "Request {RequestId} failed at its backend")]
    private static partial void BackendThrew(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(EventId = 214, EventName = "ChunksSkipped", Level = LogLevel.Warning, Message = "Request {RequestId} to {Model} revision {Revision}: {Skipped} chunks of its backend's stream could not be read and were left out")]
    private static partial void ChunksSkipped(ILogger logger, string requestId, string model, long revision, int skipped);
}
