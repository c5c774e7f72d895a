namespace ModelMesh.Registry.ModelHealth;

/// <summary>What one runtime's traffic says that the store has not been told yet, if anything, on top of what the replicas share.</summary>
/// <param name="Standing">How the upstream stands as this replica sees it.</param>
/// <param name="Error">The last failure that the store has not been told of.</param>
/// <param name="At">When the last outcome came.</param>
/// <param name="IsNews">The store is to be told.</param>
/// <param name="IsUrgent">At once: the state has changed.</param>
internal sealed record LocalHealth(HealthStanding Standing, string? Error = null, DateTimeOffset At = default, bool IsNews = false, bool IsUrgent = false)
{
    public static LocalHealth None { get; } = new(HealthStanding.Unknown);
}

/// <summary>
/// The health of one runtime as its own traffic and the replicas' shared record tell it. Each stream's end comes by here, so nothing waits: outcomes replace one
/// immutable value, and others carry it to the store. A new revision or plugin build begins afresh. Thread-safe.
/// </summary>
internal sealed class RuntimeHealth(int failuresBeforeUnhealthy, bool canBeProbed, TimeProvider time)
{
    // So that an upstream which only some replicas reach does not cost a write for every request.
    private static readonly TimeSpan UrgentGap = TimeSpan.FromSeconds(1);

    private LocalHealth _current = LocalHealth.None;
    private long _answeredAt;
    private long _toldAnsweredAt;
    private long _toldAt;
    private long _probeNotBefore;

    /// <summary>Raised when an outcome changed the state. Handlers must be quick and must not throw.</summary>
    public event Action? Changed;

    public LocalHealth Current => Volatile.Read(ref _current);

    /// <summary>Whether the plugin has a health check of its own. Without one only traffic tells.</summary>
    public bool CanBeProbed { get; } = canBeProbed;

    /// <summary>The upstream has sent something.</summary>
    public void Answered() => Volatile.Write(ref _answeredAt, time.GetTimestamp());

    /// <summary>A call to the backend has ended.</summary>
    public void Observe(TrafficOutcome outcome)
    {
        if (outcome.Result == TrafficResult.Nothing)
        {
            return;
        }

        if (outcome.Result == TrafficResult.Answered)
        {
            Answered();
        }

        while (true)
        {
            var before = Current;
            var standing = HealthJudge.AfterTraffic(before.Standing, outcome, failuresBeforeUnhealthy);
            if (outcome.Error is null && standing == before.Standing)
            {
                return;
            }

            var changed = standing.State != before.Standing.State;
            var after = new LocalHealth(standing, outcome.Error ?? before.Error, time.GetUtcNow(), IsNews: true, before.IsUrgent || changed);
            if (Interlocked.CompareExchange(ref _current, after, before) == before)
            {
                if (changed)
                {
                    Changed?.Invoke();
                }

                return;
            }
        }
    }

    /// <summary>Takes over what the replicas share: 1. where this one has no news; 2. the state alone, where its news are failures too few to mean one. 3. Other news stay.</summary>
    public void Adopt(HealthRecord record)
    {
        var before = Current;
        if (!before.IsNews)
        {
            // 1.
            ProbeNotBefore(record.DueIn);
            Interlocked.CompareExchange(ref _current, new LocalHealth(record.Standing), before);
        }
        else if (IsOnlyCounting(before) && record.Standing.State is not HealthState.Unknown && record.Standing.State != before.Standing.State)
        {
            // 2. Told as they are, they would take back what another replica has found.
            var failures = Math.Max(before.Standing.Failures, record.Standing.Failures);
            Interlocked.CompareExchange(ref _current, before with { Standing = record.Standing with { Failures = failures } }, before);
        }
    }

    /// <summary>
    /// What the store is to be told now: 1. a changed state, at once; 2. other news, or that a healthy upstream went on answering, after <paramref name="gap"/>.
    /// Called by one thread at a time, as is <see cref="Told"/>.
    /// </summary>
    public LocalHealth? ToTell(TimeSpan gap)
    {
        var current = Current;
        var since = _toldAt == 0 ? TimeSpan.MaxValue : time.GetElapsedTime(_toldAt);
        var isDue = current.IsUrgent
            ? since >= UrgentGap || since >= gap
            : since >= gap && (current.IsNews || (current.Standing.State == HealthState.Healthy && Volatile.Read(ref _answeredAt) != _toldAnsweredAt));
        if (!isDue)
        {
            return null;
        }

        _toldAnsweredAt = Volatile.Read(ref _answeredAt);
        return current;
    }

    /// <summary>The store has it.</summary>
    public void Told(LocalHealth what)
    {
        _toldAt = time.GetTimestamp();
        Interlocked.CompareExchange(ref _current, new LocalHealth(what.Standing), what);
    }

    public void ProbeNotBefore(TimeSpan fromNow) =>
        Volatile.Write(ref _probeNotBefore, time.GetTimestamp() + (long)(fromNow.TotalSeconds * time.TimestampFrequency));

    /// <summary>Whether a probe may be due: its time has come, and no traffic has just told as much.</summary>
    public bool MayProbe(TimeSpan interval) =>
        CanBeProbed
        && time.GetTimestamp() >= Volatile.Read(ref _probeNotBefore)
        && !(Current.Standing.State == HealthState.Healthy && Volatile.Read(ref _answeredAt) is not 0 and var answered && time.GetElapsedTime(answered) < interval);

    private static bool IsOnlyCounting(LocalHealth news) => !news.IsUrgent && news.Standing is { Failures: > 0, State: not HealthState.Unhealthy };
}
