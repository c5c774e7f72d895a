using Microsoft.Extensions.Logging;

namespace ModelMesh.ServiceDefaults.Store;

public sealed partial class StoreConnection
{
    [LoggerMessage(EventId = 100, EventName = "StoreUp", Level = LogLevel.Information, Message = "The store answers")]
    private static partial void Up(ILogger logger);

    [LoggerMessage(EventId = 101, EventName = "StoreDown", Level = LogLevel.Warning, Message = "The store is away: {Reason}")]
    private static partial void Down(ILogger logger, string reason);

    [LoggerMessage(EventId = 102, EventName = "StoreStillAway", Level = LogLevel.Debug, Message = "The store does not answer yet")]
    private static partial void StillAway(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 104, EventName = "StoreClientReplaced", Level = LogLevel.Warning, Message = "{Pings} pings in a row were not answered on an open connection to the store: another one is made")]
    private static partial void Replaced(ILogger logger, int pings);
}
