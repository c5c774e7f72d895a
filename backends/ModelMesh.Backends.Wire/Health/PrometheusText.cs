using System.Globalization;
using System.Text;

namespace ModelMesh.Backends.Wire.Health;

/// <summary>One sample of a Prometheus page.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value, which may be infinite or no number.</param>
public sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The value of a label; null where there is none of that name.</summary>
    public string? Label(string name) => Labels.GetValueOrDefault(name);
}

/// <summary>Reads Prometheus's text format: <c>name{label="value",…} number [timestamp]</c>. What it cannot read it leaves out.</summary>
public static class PrometheusText
{
    /// <summary>The samples of a page whose names are wanted.</summary>
    public static List<PrometheusSample> Read(ReadOnlySpan<byte> page, Func<string, bool> isWanted)
    {
        var samples = new List<PrometheusSample>();
        foreach (var line in Encoding.UTF8.GetString(page).EnumerateLines())
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            var end = text.IndexOfAny('{', ' ', '\t');
            if (end > 0 && text[..end].ToString() is var name && isWanted(name) && ReadSample(name, text[end..]) is { } sample)
            {
                samples.Add(sample);
            }
        }

        return samples;
    }

    /// <summary>A metric's value, added up over its labels; null where no sample of it has a finite one.</summary>
    public static double? Sum(IEnumerable<PrometheusSample> samples, string name) =>
        samples.Where(sample => sample.Name == name && double.IsFinite(sample.Value)).Select(sample => (double?)sample.Value).Aggregate((double?)null, (sum, value) => (sum ?? 0) + value);

    private static PrometheusSample? ReadSample(string name, ReadOnlySpan<char> rest)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (rest[0] == '{' && !TryReadLabels(ref rest, labels))
        {
            return null;
        }

        rest = rest.Trim();
        var end = rest.IndexOfAny(' ', '\t');
        var number = end < 0 ? rest : rest[..end];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? new PrometheusSample(name, labels, value) : null;
    }

    private static bool TryReadLabels(ref ReadOnlySpan<char> rest, Dictionary<string, string> labels)
    {
        rest = rest[1..];
        while (true)
        {
            rest = rest.TrimStart(" ,\t");
            if (rest.Length > 0 && rest[0] == '}')
            {
                rest = rest[1..];
                return true;
            }

            var equals = rest.IndexOf('=');
            if (equals <= 0 || !TryReadValue(rest[(equals + 1)..].TrimStart(), out var value, out var after))
            {
                return false;
            }

            labels[rest[..equals].Trim().ToString()] = value;
            rest = after;
        }
    }

    private static bool TryReadValue(ReadOnlySpan<char> text, out string value, out ReadOnlySpan<char> after)
    {
        var read = new StringBuilder();
        for (var index = 1; text.Length > 1 && text[0] == '"' && index < text.Length; index++)
        {
            if (text[index] == '"')
            {
                value = read.ToString();
                after = text[(index + 1)..];
                return true;
            }

            if (text[index] == '\\' && index + 1 < text.Length)
            {
                index++;
                read.Append(text[index] == 'n' ? '\n' : text[index]);
            }
            else
            {
                read.Append(text[index]);
            }
        }

        value = "";
        after = default;
        return false;
    }
}
