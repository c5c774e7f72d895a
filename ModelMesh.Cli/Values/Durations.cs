using System.Globalization;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Values;

/// <summary>Times as people write them: seconds as a number, or a number with <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1_000)];

    /// <exception cref="CommandFailure">It is none, or is not above 0, or is above 24 days.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var (unit, milliseconds) = Units.First(entry => text.EndsWith(entry.Unit, StringComparison.Ordinal));
        return double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * milliseconds is > 0 and < 24 * 86_400_000.0
            ? TimeSpan.FromMilliseconds(number * milliseconds)
            : throw CommandFailure.Usage($"{option} must be a time as 500ms, 30s, 2m or 1h, not '{text}'.");
    }

    /// <summary>For people: the two largest units at most.</summary>
    public static string Show(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1_000 } => $"{time.TotalMilliseconds:0} ms",
        { TotalSeconds: < 10 } => $"{time.TotalSeconds:0.0} s",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds:0} s",
        { TotalHours: < 1 } => $"{time.Minutes}m {time.Seconds}s",
        { TotalDays: < 1 } => $"{time.Hours}h {time.Minutes}m",
        _ => $"{(int)time.TotalDays}d {time.Hours}h",
    };
}
