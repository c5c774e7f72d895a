using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Queue;

/// <summary>Those requests of this process that may wait for a slot. Thread-safe.</summary>
internal interface IQueue
{
    /// <summary>A ticket that hears of its turn from now on; it has no place until it asked for a slot. Whoever gets it closes it.</summary>
    /// <param name="priority">From -100 to 100.</param>
    QueueTicket Open(ModelId model, int priority);

    /// <summary>Gives its place up, if it still has one, and waits for the store to confirm. Never throws: a place that cannot be given up expires by itself.</summary>
    ValueTask CloseAsync(QueueTicket ticket);
}
