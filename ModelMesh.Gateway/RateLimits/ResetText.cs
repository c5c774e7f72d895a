using System.Globalization;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>A wait as OpenAI's headers have it: <c>20ms</c>, <c>1.5s</c>, <c>6m0s</c>, <c>1h0m0s</c>. Whole milliseconds.</summary>
internal static class ResetText
{
    public static string Of(TimeSpan wait)
    {
        if (wait < TimeSpan.FromSeconds(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{(long)wait.TotalMilliseconds}ms");
        }

        var seconds = (wait.Seconds + (wait.Milliseconds / 1000m)).ToString("0.###", CultureInfo.InvariantCulture);
        return wait.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(long)wait.TotalHours}h{wait.Minutes}m{seconds}s")
            : wait.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{wait.Minutes}m{seconds}s")
            : $"{seconds}s";
    }
}
