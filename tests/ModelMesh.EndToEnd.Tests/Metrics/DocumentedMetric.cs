namespace ModelMesh.EndToEnd.Tests.Metrics;

/// <summary>A row of the tables of docs/metrics.md.</summary>
/// <param name="Where"><c>gateway</c>, <c>registry</c> or <c>both</c>.</param>
internal sealed record DocumentedMetric(string Name, string Type, string Unit, IReadOnlySet<string> Labels, string Where)
{
    public static IReadOnlyList<DocumentedMetric> All() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "metrics.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(columns => columns.Length == 8)
            .Select(columns => new DocumentedMetric(columns[1].Trim('`'), columns[2], columns[3], Names(columns[4]), columns[5])),
    ];

    private static HashSet<string> Names(string labels) =>
        labels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(label => label.Trim('`')).ToHashSet(StringComparer.Ordinal);
}
