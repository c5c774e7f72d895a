namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>When a circuit breaker opens, and for how long.</summary>
/// <param name="Failures">How many failures in a row open it; at least 1.</param>
/// <param name="OpenFor">How long it lets nothing through before a probe; doubled after each probe that failed.</param>
/// <param name="LongestOpen">What that doubling ends at; not less than <paramref name="OpenFor"/> counts.</param>
public sealed record CircuitRules(int Failures, TimeSpan OpenFor, TimeSpan LongestOpen)
{
    /// <summary>How long it stays open after it opened so many times in a row.</summary>
    public TimeSpan OpenTime(int openings)
    {
        // More doublings than this are beyond any bound, and would run over.
        var time = OpenFor * Math.Pow(2, Math.Clamp(openings - 1, 0, 20));
        var longest = LongestOpen > OpenFor ? LongestOpen : OpenFor;
        return time < longest ? time : longest;
    }
}
