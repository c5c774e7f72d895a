using Microsoft.Extensions.Logging;

namespace ModelMesh.ServiceDefaults.Logs;

/// <summary>What every line that is logged for a request says of it, on the console and to collectors.</summary>
public static class RequestScope
{
    // Its text is what the console prints, its value what collectors get.
    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("RequestId:{RequestId}");

    /// <summary>Names the request in all that is logged until it is disposed, by whomever the call leads to, plugins too.</summary>
    public static IDisposable? BeginRequest(this ILogger logger, string requestId) => Scope(logger, requestId);
}
