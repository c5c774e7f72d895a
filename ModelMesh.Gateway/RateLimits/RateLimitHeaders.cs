using System.Globalization;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>What an answer says of the limits that its request fell under: of each kind the one with the least left. Pure.</summary>
internal static class RateLimitHeaders
{
    /// <param name="anthropic">By Anthropic's names, with times where OpenAI's have waits.</param>
    /// <param name="now">What those times count from.</param>
    public static void Write(StageHeaders headers, IReadOnlyList<BucketState> states, bool anthropic, DateTimeOffset now)
    {
        foreach (var kind in states.GroupBy(state => state.Bucket.Kind))
        {
            var tightest = kind.MinBy(state => (state.Remaining, state.Bucket.PerMinute));
            var (name, limit, remaining) = (tightest.Bucket.KindName, Text(tightest.Bucket.PerMinute), Text(tightest.Remaining));
            if (anthropic)
            {
                headers[$"anthropic-ratelimit-{name}-limit"] = limit;
                headers[$"anthropic-ratelimit-{name}-remaining"] = remaining;
                headers[$"anthropic-ratelimit-{name}-reset"] = (now + tightest.UntilFull).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            }
            else
            {
                headers[$"x-ratelimit-limit-{name}"] = limit;
                headers[$"x-ratelimit-remaining-{name}"] = remaining;
                headers[$"x-ratelimit-reset-{name}"] = ResetText.Of(tightest.UntilFull);
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
