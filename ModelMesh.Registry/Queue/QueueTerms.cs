namespace ModelMesh.Registry.Queue;

/// <summary>How one request waits.</summary>
/// <param name="MayWait">False for one that is refused where no slot is free.</param>
/// <param name="Priority">From -100 to 100; the higher goes first.</param>
internal sealed record QueueTerms(bool MayWait, int Priority)
{
    /// <summary>Does not wait.</summary>
    public static QueueTerms None { get; } = new(MayWait: false, QueueOrder.LowestPriority);

    /// <summary>Told the place when it begins to wait, and whenever the place has changed; one call at a time. Null when nobody wants to know.</summary>
    public Func<QueuePosition, Task>? Tell { get; init; }
}
