namespace ModelMesh.Backends.Mock.Tests;

/// <summary>Writes down every wait and lets it end at once, or never.</summary>
internal sealed class RecordedTime(bool never = false) : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Add(dueTime);
        return System.CreateTimer(callback, state, never ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, period);
    }
}
