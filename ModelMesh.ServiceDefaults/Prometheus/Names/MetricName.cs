using System.Text;

namespace ModelMesh.ServiceDefaults.Prometheus.Names;

/// <summary>The name that a metric has in Prometheus, by OpenTelemetry's rules for it. Pure.</summary>
/// <param name="Family">Without the <c>_total</c> of counters.</param>
/// <param name="Unit">What the family's name ends with; empty when it has none.</param>
internal sealed record MetricName(string Family, string Unit)
{
    private const string Total = "_total";

    /// <summary>
    /// 1. every character that a name cannot hold, and every run of underscores, becomes one underscore; a digit in front gets one before it; 2. a counter's own <c>_total</c> goes, since
    /// its samples get one; 3. the unit is spelled out behind, unless the name ends with it; a gauge without dimension is a <c>ratio</c>.
    /// </summary>
    public static MetricName Of(string instrument, string? unit, MetricKind kind)
    {
        // 1.
        var name = Clean(instrument);

        // 2.
        if (kind == MetricKind.Counter && name.EndsWith(Total, StringComparison.Ordinal) && name.Length > Total.Length)
        {
            name = name[..^Total.Length];
        }

        // 3.
        var spelled = kind == MetricKind.Gauge && unit is "1" ? "ratio" : Clean(UnitName.Of(unit)).Trim('_');
        return spelled.Length == 0 ? new MetricName(name, "")
            : name == spelled || name.EndsWith($"_{spelled}", StringComparison.Ordinal) ? new MetricName(name, spelled)
            : new MetricName($"{name}_{spelled}", spelled);
    }

    /// <summary>A text as a metric's name.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length + 1);
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character) && clean.Length == 0)
            {
                clean.Append('_');
            }

            if (char.IsAsciiLetterOrDigit(character) || character is ':')
            {
                clean.Append(character);
            }
            else if (clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.ToString();
    }
}
