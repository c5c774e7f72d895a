using System.Globalization;
using System.Text;

namespace ModelMesh.Backends.Tgi.Health;

/// <summary>Reads gauges of a metrics page in Prometheus's text format: <c>name 3</c> or <c>name{label="x"} 3</c>, summed over labels.</summary>
internal static class Gauges
{
    public static double? Find(ReadOnlySpan<byte> page, string name)
    {
        double? sum = null;
        foreach (var line in Encoding.UTF8.GetString(page).AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(name, StringComparison.Ordinal))
            {
                continue;
            }

            var rest = line[name.Length..];
            if (rest.StartsWith("{", StringComparison.Ordinal))
            {
                rest = rest[(rest.LastIndexOf('}') + 1)..];
            }

            // A longer name begins the same way; a value follows a space, and may be followed by a time.
            if (rest.StartsWith(" ", StringComparison.Ordinal) && TryFirstNumber(rest.Trim(), out var value))
            {
                sum = (sum ?? 0) + value;
            }
        }

        return sum;
    }

    private static bool TryFirstNumber(ReadOnlySpan<char> text, out double value)
    {
        var end = text.IndexOf(' ');
        return double.TryParse(end < 0 ? text : text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
