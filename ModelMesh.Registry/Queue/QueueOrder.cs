namespace ModelMesh.Registry.Queue;

/// <summary>How a queue is ordered: each priority has a band of scores, the highest first; in it waiters are numbered as they arrive.</summary>
internal static class QueueOrder
{
    public const int LowestPriority = -100;
    public const int HighestPriority = 100;

    /// <summary>More than ever wait, and few enough that the last score is exact in the store's floating-point numbers.</summary>
    public const long BandWidth = 10_000_000_000_000;

    public static long FirstScore(int priority) => (HighestPriority - priority) * BandWidth;
}
