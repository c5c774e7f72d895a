namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>
/// Bounds retries by what was asked lately, so that an upstream which fails is not asked many times as often as one that does not: in the last 10 s there may be
/// <c>ratio</c> retries for each request, and 10 besides. Thread-safe.
/// </summary>
public sealed class RetryBudget
{
    /// <summary>How many retries there may be in 10 s whatever was asked.</summary>
    public const int Minimum = 10;

    private readonly RecentCounts _counts;
    private readonly Func<long, double> _allowed;

    public RetryBudget(double ratio, TimeProvider time)
    {
        _counts = new RecentCounts(TimeSpan.FromSeconds(1), time);
        _allowed = requests => Minimum + (ratio * requests);
    }

    /// <summary>A request has come; its retries are not counted as requests.</summary>
    public void Requested() => _counts.Add(1, 0);

    /// <summary>Takes a retry out of the budget, or returns false when there is none left.</summary>
    public bool TryRetry() => _counts.TryAddSecond(_allowed);

    /// <summary>Gives back a retry that was not made after all.</summary>
    public void GiveBack() => _counts.Add(0, -1);
}
