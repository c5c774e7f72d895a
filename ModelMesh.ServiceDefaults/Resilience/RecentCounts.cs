namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>How often two things happened in the last ten steps of time, the one that runs included. Nothing runs while nobody asks. Thread-safe.</summary>
public sealed class RecentCounts(TimeSpan step, TimeProvider time)
{
    private const int Steps = 10;

    private readonly Lock _lock = new();
    private readonly (long Step, int First, int Second)[] _steps = new (long, int, int)[Steps];
    private readonly long _start = time.GetTimestamp();

    public (long First, long Second) Sum
    {
        get
        {
            lock (_lock)
            {
                return SumTo(Current().Step);
            }
        }
    }

    public void Add(int first, int second)
    {
        lock (_lock)
        {
            AddTo(ref Current(), first, second);
        }
    }

    /// <summary>Adds one to the second where the sums allow it.</summary>
    /// <param name="allowed">How many of the second there may be, by how many there are of the first.</param>
    public bool TryAddSecond(Func<long, double> allowed)
    {
        lock (_lock)
        {
            ref var current = ref Current();
            var (first, second) = SumTo(current.Step);
            if (second >= allowed(first))
            {
                return false;
            }

            AddTo(ref current, 0, 1);
            return true;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_steps);
        }
    }

    private static void AddTo(ref (long Step, int First, int Second) current, int first, int second)
    {
        current.First += first;
        current.Second += second;
    }

    private (long First, long Second) SumTo(long now)
    {
        var sum = (First: 0L, Second: 0L);
        foreach (var (step, first, second) in _steps)
        {
            sum = now - step < Steps ? (sum.First + first, sum.Second + second) : sum;
        }

        return sum;
    }

    private ref (long Step, int First, int Second) Current()
    {
        var now = time.GetElapsedTime(_start).Ticks / step.Ticks;
        ref var current = ref _steps[now % Steps];
        if (current.Step != now)
        {
            current = (now, 0, 0);
        }

        return ref current;
    }
}
