using Microsoft.Extensions.Logging;

namespace ModelMesh.Backends.Ollama.Pulling;

/// <content>Logging.</content>
internal sealed partial class ModelPull
{
    [LoggerMessage(EventName = "OllamaPullStarted", Level = LogLevel.Information, Message = "Pulling {Model}, which the Ollama server does not have")]
    private partial void LogStarted(string model);

    [LoggerMessage(EventName = "OllamaPullCompleted", Level = LogLevel.Information, Message = "Pulled {Model}")]
    private partial void LogCompleted(string model);

    [LoggerMessage(EventName = "OllamaPullFailed", Level = LogLevel.Warning, Message = "Pulling {Model} failed: {Reason}")]
    private partial void LogFailed(string model, string reason);
}
