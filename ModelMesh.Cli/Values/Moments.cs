namespace ModelMesh.Cli.Values;

/// <summary>Times of day and ages as tables show them.</summary>
internal static class Moments
{
    public static string Ago(DateTimeOffset then, TimeProvider time) => Durations.Show(time.GetUtcNow() - then is { Ticks: > 0 } age ? age : TimeSpan.Zero);

    /// <summary>In the user's time zone.</summary>
    public static string Local(DateTimeOffset then, TimeProvider time) => TimeZoneInfo.ConvertTime(then, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss zzz");
}
