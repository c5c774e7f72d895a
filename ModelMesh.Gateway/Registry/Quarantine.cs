namespace ModelMesh.Gateway.Registry;

/// <summary>
/// For how long an instance is avoided. Immutable. Failures that come while it is avoided already do not count again: one dead
/// connection fails all the streams on it at once.
/// </summary>
/// <param name="Failures">Connection failures in a row.</param>
/// <param name="Until">When it ends, by <see cref="TimeProvider.GetTimestamp"/>'s clock, in <see cref="TimeSpan"/> since that clock's start.</param>
internal sealed record Quarantine(int Failures, TimeSpan Until)
{
    private const int MaxDoublings = 16;

    public static Quarantine None { get; } = new(0, TimeSpan.MinValue);

    public bool IsActive(TimeSpan now) => now < Until;

    /// <param name="now">The present, by the same clock.</param>
    /// <param name="first">The length after the first failure; doubled with each one after it.</param>
    /// <param name="longest">Where doubling ends.</param>
    /// <param name="jitter">From 0 to 1: the length is taken between half and all of it, so that gateways do not come back at once.</param>
    public Quarantine AfterFailure(TimeSpan now, TimeSpan first, TimeSpan longest, double jitter)
    {
        if (IsActive(now))
        {
            return this;
        }

        var length = first * Math.Pow(2, Math.Min(Failures, MaxDoublings));
        var bounded = length < longest ? length : longest;
        return new Quarantine(Failures + 1, now + (bounded * (0.5 + (0.5 * jitter))));
    }
}
