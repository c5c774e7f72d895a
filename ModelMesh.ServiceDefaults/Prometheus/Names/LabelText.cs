using System.Globalization;
using System.Text;

namespace ModelMesh.ServiceDefaults.Prometheus.Names;

/// <summary>Tags of a measurement as the text between a sample's braces: sorted, escaped, and the same for the same labels. Pure.</summary>
internal static class LabelText
{
    /// <summary>The labels of a metric's last series, which stands for all that it could not have.</summary>
    public const string Overflow = "otel_metric_overflow=\"true\"";

    // The formats give these to histograms and summaries themselves.
    private static readonly string[] Reserved = ["le", "quantile"];

    /// <summary>
    /// 1. an empty value is none, as Prometheus has it; 2. every character that a label's name cannot hold becomes an underscore, and a name that is not the metric's to use gets
    /// <c>tag_</c> in front; 3. the values of tags whose names have become one are joined by <c>;</c>.
    /// </summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, tag) in tags)
        {
            // 1.
            if (Value(tag) is { Length: > 0 } value)
            {
                // 2.
                var name = Name(key);

                // 3.
                labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{value}" : value;
            }
        }

        return Join(labels);
    }

    public static string Name(string key)
    {
        var name = MetricName.Clean(key.Replace(':', '_'));
        return name.Length == 0 || name.StartsWith("__", StringComparison.Ordinal) || Reserved.Contains(name, StringComparer.Ordinal) ? $"tag_{name}" : name;
    }

    private static string Join(SortedDictionary<string, string> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"");
            foreach (var character in value)
            {
                _ = character switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(character),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }

    private static string? Value(object? value) => value switch
    {
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
