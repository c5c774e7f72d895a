using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Queue;

/// <summary>Those requests of this process that may wait for a slot. Thread-safe.</summary>
internal interface IQueue
{
    /// <summary>A ticket that hears of its turn from now on; it has no place until it asked for a slot. Whoever gets it closes it.</summary>
    /// <param name="priority">From -100 to 100.</param>
    /// <param name="canBePreempted">Whether its slot may be another's as long as no token has gone out; said of a priority below zero only.</param>
    /// <param name="place">The place that it had before it was pre-empted, which it goes back to.</param>
    QueueTicket Open(ModelId model, int priority, bool canBePreempted = false, string? place = null);

    /// <summary>Gives its place up, if it still has one, and waits for the store to confirm. Never throws: a place that cannot be given up expires by itself.</summary>
    ValueTask CloseAsync(QueueTicket ticket);
}
