using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Catalog;

internal sealed partial class GateReconciler
{
    [LoggerMessage(EventId = 120, EventName = "ModelRemoved", Level = LogLevel.Information, Message = "Removed {Id} at revision {Revision}: its gate is closed")]
    private static partial void Removed(ILogger logger, ModelId id, long revision);

    [LoggerMessage(EventId = 121, EventName = "ReconcileFailed", Level = LogLevel.Error, Message = "Reconciling gates failed; trying again")]
    private static partial void PassFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 122, EventName = "ModelKept", Level = LogLevel.Information, Message = "{Id} is open again, its deletion came too late: {Reason}")]
    private static partial void Kept(ILogger logger, ModelId id, string reason);
}
