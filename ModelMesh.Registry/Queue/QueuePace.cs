namespace ModelMesh.Registry.Queue;

/// <summary>How long a wait will last, by how fast slots have become free.</summary>
internal static class QueuePace
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="position">1 is the next.</param>
    /// <param name="microsecondsPerSlot">The moving mean of the time between two slots that became free; 0 when there is none.</param>
    /// <returns>At most 1 hour; null when nothing is known.</returns>
    public static TimeSpan? Wait(int position, long microsecondsPerSlot) => microsecondsPerSlot <= 0 ? null
        : microsecondsPerSlot > Longest.TotalMicroseconds / position ? Longest
        : TimeSpan.FromMicroseconds(position * microsecondsPerSlot);
}
