using System.Text.RegularExpressions;

namespace ModelMesh.EndToEnd.Tests.Metrics;

/// <summary>One metric of a service, as its text has it.</summary>
/// <param name="Name">With the <c>_total</c> of counters, without the suffixes of a histogram's samples.</param>
/// <param name="Labels">All that its series have, but for a bucket's own.</param>
internal sealed partial record ScrapedMetric(string Name, string Type, IReadOnlySet<string> Labels)
{
    public static async Task<IReadOnlyList<ScrapedMetric>> ReadAsync(HttpClient service) => Parse(await service.GetStringAsync(new Uri("/metrics", UriKind.Relative)));

    /// <summary>Samples follow the line that tells their metric's type.</summary>
    public static IReadOnlyList<ScrapedMetric> Parse(string text)
    {
        var metrics = new List<(string Name, string Type, HashSet<string> Labels)>();
        foreach (var line in text.Split('\n'))
        {
            if (TypeLine().Match(line) is { Success: true } type)
            {
                metrics.Add((type.Groups["name"].Value, type.Groups["type"].Value, new HashSet<string>(StringComparer.Ordinal)));
            }
            else if (LabelList().Match(line) is { Success: true } labels)
            {
                metrics[^1].Labels.UnionWith(labels.Groups["label"].Captures.Select(label => label.Value).Where(label => label != "le"));
            }
        }

        return [.. metrics.Select(metric => new ScrapedMetric(metric.Name, metric.Type, metric.Labels))];
    }

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\w+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^\w+\{(,?(?<label>\w+)="([^"\\]|\\.)*")*\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelList();
}
