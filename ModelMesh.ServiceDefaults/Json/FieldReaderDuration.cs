using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>Reads how long something takes: seconds as a number (<c>30</c>, <c>0.5</c>), or text with a unit (<c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c>, <c>30d</c>).</summary>
public static class FieldReaderDuration
{
    private const string Wanted = "a duration: seconds as a number such as 30 or 0.5, or text with a unit such as \"500ms\", \"30s\", \"2m\" or \"1h\"";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly (string Suffix, double Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>To the millisecond. Null where it is absent, or wrong, which is reported.</summary>
    public static TimeSpan? Duration(this FieldReader fields, string name, TimeSpan min, TimeSpan max)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!fields.TryTake(name, out var value))
        {
            return null;
        }

        var milliseconds = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out var seconds) ? seconds * 1_000 : double.NaN,
            JsonValueKind.String => Parse(JsonText.Of(value) ?? ""),
            _ => null,
        };
        if (milliseconds is null)
        {
            fields.Wrong(name, Wanted, value);
        }
        else if (double.IsNaN(milliseconds.Value))
        {
            fields.Fault(name, $"must be {Wanted}");
        }
        else if (Math.Round(milliseconds.Value) is var whole && (whole < min.TotalMilliseconds || whole > max.TotalMilliseconds))
        {
            fields.Fault(name, $"must be from {Text(min)} to {Text(max)}");
        }
        else
        {
            return TimeSpan.FromMilliseconds(whole);
        }

        return null;
    }

    /// <summary>As it can be given again, in the largest unit that leaves a whole number.</summary>
    public static string Text(TimeSpan duration)
    {
        var (suffix, unit) = Units.Last(candidate => candidate.Milliseconds == 1 || (duration > TimeSpan.Zero && duration.TotalMilliseconds % candidate.Milliseconds == 0));
        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds / unit:0}{suffix}");
    }

    private static double? Parse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExcept(Digits);
        var unit = Array.Find(Units, candidate => digits > 0 && text.AsSpan(digits).SequenceEqual(candidate.Suffix));
        return unit.Suffix is not null && double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * unit.Milliseconds
            : double.NaN;
    }
}
