namespace ModelMesh.Registry.ModelHealth;

/// <summary>When what is done. Pure.</summary>
internal static class HealthPace
{
    private static readonly TimeSpan MostBackOff = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after an outcome the next probe is due, with a jitter of a fifth either way, so that models do not keep step:
    /// 1. traffic failed: a quarter of the interval, since a probe may tell more; 2. found unhealthy: the same at first, doubled with each probe that fails, at most
    /// a minute; 3. starting: a third of it, to show how far it is; 4. else the interval.
    /// </summary>
    /// <param name="after">How the upstream stands after the outcome.</param>
    /// <param name="source">What the outcome came from.</param>
    /// <param name="interval">The configured interval.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan UntilProbe(HealthStanding after, HealthSource source, TimeSpan interval, double random)
    {
        var wait = (after, source) switch
        {
            // 1.
            ({ Failures: > 0 }, HealthSource.Passive) => interval / 4,

            // 2.
            ({ State: HealthState.Unhealthy }, _) => interval / 4 * Math.Pow(2, Math.Clamp(after.FailedProbes - 1, 0, 20)),

            // 3.
            ({ State: HealthState.Starting }, _) => interval / 3,

            // 4.
            _ => interval,
        };
        return (after.State == HealthState.Unhealthy && wait > MostBackOff ? MostBackOff : wait) * (0.8 + (0.4 * random));
    }

    /// <summary>How long a record stays that nobody renews: long enough for a replica to take over from one that died.</summary>
    public static TimeSpan Life(TimeSpan untilProbe, HealthOptions options) => untilProbe + (2 * (options.ProbeInterval + TurnOf(options)));

    /// <summary>How long a replica may take for a probe before another one may make it.</summary>
    public static TimeSpan TurnOf(HealthOptions options) => 2 * options.ProbeTimeout;

    /// <summary>How often all records are read: every few seconds, but a thousand a second at most. Changes are heard of besides.</summary>
    public static TimeSpan Reading(HealthOptions options, int records)
    {
        var usual = Least(options.ProbeInterval / 5, TimeSpan.FromSeconds(3));
        var affordable = TimeSpan.FromMilliseconds(records);
        return usual > affordable ? usual : affordable;
    }

    /// <summary>How often one model's traffic is told of while its state stays the same.</summary>
    public static TimeSpan Telling(HealthOptions options) => Least(options.ProbeInterval / 3, TimeSpan.FromSeconds(5));

    /// <summary>How often it is looked for due probes.</summary>
    public static TimeSpan Looking(HealthOptions options) => Least(options.ProbeInterval / 20, TimeSpan.FromMilliseconds(500));

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
