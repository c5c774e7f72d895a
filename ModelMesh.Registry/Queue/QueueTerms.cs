namespace ModelMesh.Registry.Queue;

/// <summary>How one request waits.</summary>
/// <param name="MayWait">False for one that is refused where no slot is free.</param>
/// <param name="Priority">From -100 to 100; the higher goes first.</param>
internal sealed record QueueTerms(bool MayWait, int Priority)
{
    // Somebody's answer is worth nothing when it never begins.
    private const int MostPreemptions = 3;

    /// <summary>Does not wait.</summary>
    public static QueueTerms None { get; } = new(MayWait: false, QueueOrder.LowestPriority);

    /// <summary>Told the place when it begins to wait, and whenever the place has changed; one call at a time. Null when nobody wants to know.</summary>
    public Func<QueuePosition, Task>? Tell { get; init; }

    /// <summary>Whether it gives its slot up again for a request of priority 0 or above, as long as no token has gone out. Only heeded where its own is below.</summary>
    public bool CanBePreempted { get; private init; }

    /// <summary>The place that it goes back to; null when it never had a slot.</summary>
    public string? Place { get; private init; }

    /// <summary>How often it was pre-empted.</summary>
    public int Preemptions { get; private init; }

    /// <summary>The same, but it can be pre-empted.</summary>
    public QueueTerms Preemptible() => this with { CanBePreempted = true };

    /// <summary>The same, after it was pre-empted.</summary>
    public QueueTerms BackTo(string place) => this with { Place = place, Preemptions = Preemptions + 1, CanBePreempted = Preemptions + 1 < MostPreemptions };
}
