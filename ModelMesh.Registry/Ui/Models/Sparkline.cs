using System.Globalization;
using System.Text;

namespace ModelMesh.Registry.Ui.Models;

/// <summary>A figure's samples as the path of an SVG: x counts samples, y is the figure itself, and a gap stays a gap. <c>sparks.js</c> goes on with it. Pure.</summary>
internal static class Sparkline
{
    public static string Path(IReadOnlyList<double> samples)
    {
        var path = new StringBuilder();
        for (var x = 0; x < samples.Count; x++)
        {
            if (double.IsNaN(samples[x]))
            {
                continue;
            }

            var begins = x == 0 || double.IsNaN(samples[x - 1]);
            path.Append(CultureInfo.InvariantCulture, $"{(begins ? 'M' : 'L')}{x} {samples[x]:0.#}");

            // One sample alone has no length: the line's round end makes a dot of it.
            if (begins && (x + 1 == samples.Count || double.IsNaN(samples[x + 1])))
            {
                path.Append(CultureInfo.InvariantCulture, $"L{x} {samples[x]:0.#}");
            }
        }

        return path.ToString();
    }

    /// <summary>The height of the picture: the highest sample, and a little above it.</summary>
    public static double Height(IReadOnlyList<double> samples) => samples.Where(sample => !double.IsNaN(sample)).DefaultIfEmpty(0).Max() is > 0 and var most ? most * 1.1 : 1;
}
