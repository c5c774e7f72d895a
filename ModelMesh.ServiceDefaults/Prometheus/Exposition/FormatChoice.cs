using Microsoft.Net.Http.Headers;

namespace ModelMesh.ServiceDefaults.Prometheus.Exposition;

/// <summary>Which format a scraper gets, by its <c>Accept</c>. Pure.</summary>
internal static class FormatChoice
{
    private const string OpenMetrics = "application/openmetrics-text";
    private const string OpenMetricsVersion = "1.0.0";
    private const string Text = "text/plain";
    private const string TextVersion = "0.0.4";

    /// <summary>
    /// 1. each format is wanted as much as the closest range that covers it says, a version that it has not covers nothing; 2. OpenMetrics where it is wanted more, or as much but by
    /// a closer range; 3. else text, also for those that want neither.
    /// </summary>
    public static ExpositionFormat Of(IList<MediaTypeHeaderValue> accept)
    {
        // 1.
        var open = Wish(accept, OpenMetrics, OpenMetricsVersion);
        var text = Wish(accept, Text, TextVersion);

        // 2, 3.
        return open.Quality > 0 && open.CompareTo(text) > 0 ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    private static (double Quality, int Closeness) Wish(IList<MediaTypeHeaderValue> accept, string type, string version)
    {
        var closest = accept
            .Select(range => (Range: range, Closeness: Closeness(range, type, version)))
            .Where(covers => covers.Closeness > 0)
            .OrderByDescending(covers => covers.Closeness)
            .ThenByDescending(covers => covers.Range.Quality ?? 1)
            .FirstOrDefault();
        return (closest.Range is null ? 0 : closest.Range.Quality ?? 1, closest.Closeness);
    }

    // 0 covers nothing; 1 anything; 2 the type's group; 3 the type.
    private static int Closeness(MediaTypeHeaderValue range, string type, string version)
    {
        if (range.MatchesAllTypes)
        {
            return 1;
        }

        if (range.MatchesAllSubTypes)
        {
            return type.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        }

        return range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) && HasVersion(range, version) ? 3 : 0;
    }

    private static bool HasVersion(MediaTypeHeaderValue range, string version)
    {
        var asked = range.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase));
        return asked is null || HeaderUtilities.RemoveQuotes(asked.Value).Equals(version, StringComparison.Ordinal);
    }
}
