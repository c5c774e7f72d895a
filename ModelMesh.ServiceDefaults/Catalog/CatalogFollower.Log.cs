using Microsoft.Extensions.Logging;

namespace ModelMesh.ServiceDefaults.Catalog;

public sealed partial class CatalogFollower
{
    [LoggerMessage(EventId = 111, EventName = "CatalogLoaded", Level = LogLevel.Debug, Message = "Catalog at revision {Revision}: {Changes} changes (by events: {ByEvents})")]
    private static partial void Loaded(ILogger logger, long revision, int changes, bool byEvents);

    [LoggerMessage(EventId = 112, EventName = "CatalogPassFailed", Level = LogLevel.Error, Message = "Following the catalog failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
