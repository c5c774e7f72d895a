using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules.Deploy;

/// <summary>Reads what is under <c>deploy/</c>, and what it has to agree with.</summary>
internal static partial class DeployFiles
{
    /// <summary>What a service needs after its streams have ended: to tell the store, and to give up a backend that does not end its call.</summary>
    public static readonly TimeSpan AfterGrace = TimeSpan.FromSeconds(15);

    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy");

    /// <summary>The settings in the README's table, as environment variables name them.</summary>
    public static IReadOnlySet<string> Settings { get; } = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => Setting().Matches(line.Split('|')[1]))
        .Select(match => match.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal))
        .ToHashSet(StringComparer.Ordinal);

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path]));

    /// <summary>A YAML document with its aliases and merge keys resolved.</summary>
    public static YamlMappingNode Yaml(params string[] path)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(Read(path)))));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>Environment variables that are settings of ours, wherever they stand in a text.</summary>
    public static IReadOnlyList<string> SettingsIn(string text) => [.. Variable().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>True for a variable that the table has. The names of a list's entries end with their number.</summary>
    public static bool IsSetting(string variable) => Settings.Contains(EntryNumber().Replace(variable, string.Empty));

    public static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(:\{\w+\})?:\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"__\d+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EntryNumber();
}
