namespace ModelMesh.Registry.Endpoints;

internal sealed partial class RuntimeEndpoints
{
    [LoggerMessage(EventId = 230, EventName = "BreakerOpened", Level = LogLevel.Warning, Message = "{Model}: its endpoint {Endpoint} is not asked for the next {OpenMs:0} ms, since it keeps failing: {Reason}")]
    private static partial void BreakerOpened(ILogger logger, string model, string endpoint, double openMs, string? reason);

    [LoggerMessage(EventId = 231, EventName = "BreakerClosed", Level = LogLevel.Information, Message = "{Model}: its endpoint {Endpoint} answers again")]
    private static partial void BreakerClosed(ILogger logger, string model, string endpoint);
}
