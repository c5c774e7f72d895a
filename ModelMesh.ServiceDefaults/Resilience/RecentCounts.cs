namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>How often two things happened in the last ten steps of time, the one that runs included. Nothing runs while nobody asks. Lock-free, thread-safe.</summary>
public sealed class RecentCounts
{
    private const int Steps = 10;

    // Of a step that never runs, so nothing is ever counted in it.
    private static readonly Counts None = new(-Steps);

    private readonly TimeSpan _step;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Counts[] _steps = new Counts[Steps];

    public RecentCounts(TimeSpan step, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_step, _time, _start) = (step, time, time.GetTimestamp());
        Clear();
    }

    /// <summary>The second is never ahead of the first where no <see cref="Add"/> says so.</summary>
    public (long First, long Second) Sum => SumTo(Now());

    public void Add(int first, int second)
    {
        var counts = At(Now());
        Interlocked.Add(ref counts.First, first);
        if (second != 0)
        {
            Interlocked.Add(ref counts.Second, second);
        }
    }

    /// <summary>Adds one to the second where the sums allow it. Of several at once for the last one that is allowed it may be that none gets it, never that two do.</summary>
    /// <param name="allowed">How many of the second there may be, by how many there are of the first.</param>
    public bool TryAddSecond(Func<long, double> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        var now = Now();
        var (first, second) = SumTo(now);
        if (second >= allowed(first))
        {
            return false;
        }

        // Taken before it is looked at, so that of all that take at once the last sees every other.
        var counts = At(now);
        Interlocked.Increment(ref counts.Second);
        (first, second) = SumTo(now);
        if (second - 1 < allowed(first))
        {
            return true;
        }

        Interlocked.Decrement(ref counts.Second);
        return false;
    }

    public void Clear()
    {
        for (var index = 0; index < Steps; index++)
        {
            Volatile.Write(ref _steps[index], None);
        }
    }

    private long Now() => _time.GetElapsedTime(_start).Ticks / _step.Ticks;

    private (long First, long Second) SumTo(long now)
    {
        var (sumOfFirst, sumOfSecond) = (0L, 0L);
        foreach (ref var place in _steps.AsSpan())
        {
            var counts = Volatile.Read(ref place);
            if (now - counts.Step < Steps)
            {
                // In the other order than they are added in.
                sumOfSecond += Volatile.Read(ref counts.Second);
                sumOfFirst += Volatile.Read(ref counts.First);
            }
        }

        return (sumOfFirst, sumOfSecond);
    }

    // The first of a step puts new counts in the place of those of ten steps ago; who is late counts with whoever was there first.
    private Counts At(long now)
    {
        ref var place = ref _steps[now % Steps];
        var counts = Volatile.Read(ref place);
        if (counts.Step >= now)
        {
            return counts;
        }

        var fresh = new Counts(now);
        var found = Interlocked.CompareExchange(ref place, fresh, counts);
        return ReferenceEquals(found, counts) ? fresh : At(now);
    }

    private sealed class Counts(long step)
    {
        public int First;
        public int Second;

        public long Step => step;
    }
}
