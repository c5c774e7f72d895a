using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModelMesh.EndToEnd.Tests.Metrics;

/// <summary>What <c>deploy/observability</c> asks Prometheus for.</summary>
internal static partial class ObservabilityFiles
{
    private static readonly string[] RuleFiles = ["recording.yml", "alerts.yml"];
    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];

    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy", "observability");

    /// <summary>Every name of a metric in the dashboard, the rules and the alerts, as <see cref="ScrapedMetric.Name"/> has it.</summary>
    /// <param name="histograms">The names of histograms, whose samples have suffixes.</param>
    public static IReadOnlySet<string> Metrics(IReadOnlySet<string> histograms) =>
        Expressions().SelectMany(Names).Select(name => Suffixes.Select(suffix => name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name).FirstOrDefault(histograms.Contains, name))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>What the recording rules make.</summary>
    public static IReadOnlySet<string> Recorded() =>
        File.ReadLines(Path.Combine(Folder, "recording.yml")).Select(line => Record().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Expressions()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "grafana", "modelmesh.json")))!;
        var targets = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => target!["expr"]!.GetValue<string>());
        var variables = dashboard["templating"]!["list"]!.AsArray().Select(variable => variable!["definition"]?.GetValue<string>()).OfType<string>();
        return [.. targets, .. variables, .. RuleFiles.SelectMany(InRules)];
    }

    // An expression is on the line of its key, or, after a bar, on the lines below that are set in deeper than the key.
    private static IEnumerable<string> InRules(string file)
    {
        var indent = -1;
        foreach (var line in File.ReadLines(Path.Combine(Folder, file)))
        {
            var depth = line.Length - line.TrimStart().Length;
            if (line.TrimStart().StartsWith("expr:", StringComparison.Ordinal))
            {
                indent = depth;
                yield return line[(depth + "expr:".Length)..];
            }
            else if (indent >= 0 && depth > indent)
            {
                yield return line;
            }
            else
            {
                indent = -1;
            }
        }
    }

    // Labels stand in braces and after by, on and without; what is quoted is a value.
    private static IEnumerable<string> Names(string expression) => Name().Matches(Quoted().Replace(expression, "")).Select(match => match.Value);

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w:$])(modelmesh|gen_ai|process|dotnet|http|kestrel|aspnetcore|target)[_:][\w:]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"- record: (?<name>\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Record();
}
