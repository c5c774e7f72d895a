namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>
/// Bounds retries by what was asked lately, so that an upstream which fails is not asked many times as often as one that does not: in the last 10 s there may be
/// <c>ratio</c> retries for each request, and 10 besides. Counted in steps of a second. Thread-safe.
/// </summary>
public sealed class RetryBudget(double ratio, TimeProvider time)
{
    /// <summary>How many retries there may be in 10 s whatever was asked.</summary>
    public const int Minimum = 10;

    private const int Steps = 10;

    private readonly Lock _lock = new();
    private readonly (long Step, int Requests, int Retries)[] _steps = new (long, int, int)[Steps];
    private readonly long _start = time.GetTimestamp();

    /// <summary>A request has come; its retries are not.</summary>
    public void Requested()
    {
        lock (_lock)
        {
            Current().Requests++;
        }
    }

    /// <summary>Takes a retry out of the budget, or returns false when there is none left.</summary>
    public bool TryRetry()
    {
        lock (_lock)
        {
            ref var current = ref Current();
            var oldest = current.Step - Steps;
            var (requests, retries) = (0L, 0L);
            foreach (var step in _steps)
            {
                requests += step.Step > oldest ? step.Requests : 0;
                retries += step.Step > oldest ? step.Retries : 0;
            }

            if (retries >= Minimum + (ratio * requests))
            {
                return false;
            }

            current.Retries++;
            return true;
        }
    }

    private ref (long Step, int Requests, int Retries) Current()
    {
        var now = (long)time.GetElapsedTime(_start).TotalSeconds;
        ref var step = ref _steps[now % Steps];
        if (step.Step != now)
        {
            step = (now, 0, 0);
        }

        return ref step;
    }
}
