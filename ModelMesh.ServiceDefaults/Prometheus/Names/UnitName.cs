using System.Collections.Frozen;

namespace ModelMesh.ServiceDefaults.Prometheus.Names;

/// <summary>Units of UCUM as Prometheus spells them. Pure.</summary>
internal static class UnitName
{
    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1"] = "", ["%"] = "percent",
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds", ["us"] = "microseconds", ["ns"] = "nanoseconds",
        ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes", ["TiBy"] = "tebibytes",
        ["KBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes", ["TBy"] = "terabytes",
        ["m"] = "meters", ["V"] = "volts", ["A"] = "amperes", ["J"] = "joules", ["W"] = "watts", ["g"] = "grams", ["Cel"] = "celsius", ["Hz"] = "hertz",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Each = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["s"] = "second", ["min"] = "minute", ["h"] = "hour", ["d"] = "day", ["wk"] = "week", ["mo"] = "month", ["a"] = "year", ["m"] = "meter",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Empty where there is nothing to say. What stands in braces is a remark, and left out; a unit that is not known stays as it is.</summary>
    public static string Of(string? unit)
    {
        var parts = (unit ?? "").Split('/', 2);
        var what = parts[0].StartsWith('{') ? "" : Spelled(Units, parts[0]);
        return parts.Length == 1 || parts[1].StartsWith('{') ? what : $"{what}_per_{Spelled(Each, parts[1])}";
    }

    private static string Spelled(FrozenDictionary<string, string> names, string unit) => names.GetValueOrDefault(unit, unit);
}
