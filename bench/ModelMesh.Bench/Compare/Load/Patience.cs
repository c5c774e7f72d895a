namespace ModelMesh.Bench.Compare.Load;

/// <summary>
/// How long an answer may bring nothing new before it is given up, since a run must end also where a contender never answers. One that is slow and goes on is waited for.
/// </summary>
internal sealed class Patience : IDisposable
{
    private static readonly TimeSpan BeyondPlan = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _over;
    private readonly TimeProvider _time;
    private readonly TimeSpan _most;
    private readonly ITimer _timer;
    private long _last;

    public Patience(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        (_most, _time, _last) = (most, time, time.GetTimestamp());
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(static patience => ((Patience)patience!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(most, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when it is over, or the run is.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>The longest that a workload's answer brings nothing when all goes as planned, and a minute.</summary>
    public static TimeSpan For(Workload workload)
    {
        var plan = workload.Plan;
        return BeyondPlan + (workload.Stream ? TimeSpan.FromMilliseconds(Math.Max(plan.FirstMs, plan.GapMs)) : plan.Length);
    }

    /// <summary>Something new has come. Costs no more than looking at the clock, since it is called for each token.</summary>
    public void Progressed() => Volatile.Write(ref _last, _time.GetTimestamp());

    public void Dispose()
    {
        _timer.Dispose();
        _over.Dispose();
    }

    private void Look()
    {
        try
        {
            var left = _most - _time.GetElapsedTime(Volatile.Read(ref _last));
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _over.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The answer has ended meanwhile.
        }
    }
}
