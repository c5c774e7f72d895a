using System.Globalization;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>Reads how long an upstream asks to wait.</summary>
public static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The wait that the headers of an answer ask for, from zero to a day; null when they ask for none.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time) => Read(
        response.Headers.TryGetValues("Retry-After", out var seconds) ? seconds.FirstOrDefault() : null,
        response.Headers.TryGetValues("retry-after-ms", out var milliseconds) ? milliseconds.FirstOrDefault() : null,
        time);

    /// <summary>The wait of a <c>Retry-After</c> (seconds or an HTTP date) and a <c>retry-after-ms</c>, which is finer and so comes first; null when neither can be read.</summary>
    public static TimeSpan? Read(string? retryAfter, string? retryAfterMs, TimeProvider time)
    {
        if (Number(retryAfterMs) is { } milliseconds)
        {
            return Bounded(milliseconds / 1000);
        }

        if (Number(retryAfter) is { } seconds)
        {
            return Bounded(seconds);
        }

        return DateTimeOffset.TryParse(retryAfter, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Bounded((date - time.GetUtcNow()).TotalSeconds)
            : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
        // Whatever the styles, "NaN" and "Infinity" are read as what they say.
        && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
}
