namespace ModelMesh.Registry.ModelHealth;

/// <summary>When what is done. Pure.</summary>
internal static class HealthPace
{
    private const int MostASecond = 100;

    private static readonly TimeSpan MostBackOff = TimeSpan.FromSeconds(60);

    // Thousands of models that nobody uses, often at one upstream, must take neither its time nor ours: probed every few seconds they cost more than their requests.
    private static readonly TimeSpan AffordableForEach = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long after an outcome the next probe is due, with a jitter of a fifth either way, so that models do not keep step:
    /// 1. traffic failed: a quarter of the interval, since a probe may tell more; 2. found unhealthy: the same at first, doubled with each probe that fails, at most
    /// a minute; 3. starting: a third of it, to show how far it is; 4. else the interval. With more than 300 models the interval, and with more than 1,200 the minute, grow with their number: to
    /// twenty probes a second at all replicas together.
    /// </summary>
    /// <param name="after">How the upstream stands after the outcome.</param>
    /// <param name="source">What the outcome came from.</param>
    /// <param name="interval">The configured interval.</param>
    /// <param name="models">How many models there are.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan UntilProbe(HealthStanding after, HealthSource source, TimeSpan interval, int models, double random)
    {
        var affordable = models * AffordableForEach;
        var mostBackOff = Most(MostBackOff, affordable);
        var wait = (after, source) switch
        {
            // 1.
            ({ Failures: > 0 }, HealthSource.Passive) => interval / 4,

            // 2.
            ({ State: HealthState.Unhealthy }, _) => interval / 4 * Math.Pow(2, Math.Clamp(after.FailedProbes - 1, 0, 20)),

            // 3.
            ({ State: HealthState.Starting }, _) => interval / 3,

            // 4.
            _ => Most(interval, affordable),
        };
        return (after.State == HealthState.Unhealthy ? Least(wait, mostBackOff) : wait) * (0.8 + (0.4 * random));
    }

    /// <summary>How long a record stays that nobody renews: long enough for a replica to take over from one that died.</summary>
    public static TimeSpan Life(TimeSpan untilProbe, HealthOptions options) => untilProbe + (2 * (options.ProbeInterval + TurnOf(options)));

    /// <summary>How long a replica may take for a probe before another one may make it.</summary>
    public static TimeSpan TurnOf(HealthOptions options) => 2 * options.ProbeTimeout;

    /// <summary>How often all records are read: every few seconds, but two hundred a second at most. Changes are heard of besides.</summary>
    public static TimeSpan Reading(HealthOptions options, int records) =>
        Most(Least(options.ProbeInterval / 5, TimeSpan.FromSeconds(3)), records * TimeSpan.FromMilliseconds(5));

    /// <summary>How often one model's traffic is told of while its state stays the same.</summary>
    public static TimeSpan Telling(HealthOptions options) => Least(options.ProbeInterval / 3, TimeSpan.FromSeconds(5));

    /// <summary>How often it is looked for due probes.</summary>
    public static TimeSpan Looking(HealthOptions options) => Least(options.ProbeInterval / 20, TimeSpan.FromMilliseconds(500));

    /// <summary>How many probes one look may begin: a hundred a second, for the thousands that were registered this moment.</summary>
    public static int MostALook(HealthOptions options) => (int)Math.Ceiling(MostASecond * Looking(options).TotalSeconds);

    private static TimeSpan Most(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
