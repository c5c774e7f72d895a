namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>How long to wait before a request is sent again to where it just failed. Pure.</summary>
public static class Backoff
{
    /// <summary>
    /// 1. the upstream asks for more than the longest wait: not at all; 2. the first wait, doubled with each retry after the first, up to the longest, jittered
    /// down to half; 3. but no less than the upstream asks for.
    /// </summary>
    /// <param name="retry">1 for the first.</param>
    /// <param name="first">The first wait.</param>
    /// <param name="longest">The longest.</param>
    /// <param name="retryAfter">What the upstream asked for; null when it did not.</param>
    /// <param name="roll">A random number, at least 0 and below 1.</param>
    /// <returns>Null: not to be sent again there.</returns>
    public static TimeSpan? Before(int retry, TimeSpan first, TimeSpan longest, TimeSpan? retryAfter, double roll)
    {
        // 1.
        if (retryAfter > longest)
        {
            return null;
        }

        // 2. More doublings than this are beyond any bound, and would run over.
        var doubled = first * Math.Pow(2, Math.Clamp(retry - 1, 0, 20));
        var wait = (doubled < longest ? doubled : longest) * (0.5 + (roll / 2));

        // 3.
        return retryAfter > wait ? retryAfter : wait;
    }
}
