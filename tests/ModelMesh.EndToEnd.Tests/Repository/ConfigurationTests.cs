using System.Text.RegularExpressions;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules;

/// <summary>The README's configuration table holds every setting that the services' option classes have, with its default, and no other.</summary>
public sealed partial class ConfigurationTests
{
    // The connection string has a section of its own; ignoring events is for tests.
    private const string ConnectionString = "Store:ConnectionString";
    private const string ForTests = "Store:DropEvents";

    private static readonly string[] Services = ["ModelMesh.Gateway", "ModelMesh.Registry", "ModelMesh.ServiceDefaults"];

    [Fact]
    public void Table_InTheReadme_HasEverySettingWithItsDefaultAndNoOther()
    {
        var settings = Settings();
        var rows = Rows();
        Assert.Empty(settings.Keys.Except(rows.Keys));
        Assert.Empty(rows.Keys.Except(settings.Keys));
        Assert.All(settings, setting => Assert.Contains(setting.Value, rows[setting.Key], StringComparison.Ordinal));
    }

    /// <summary>Name and default as the README would write it; empty where there is none, or none that is written the same in both.</summary>
    private static Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Services.SelectMany(service => Directory.EnumerateFiles(Path.Combine(Repository.Root, service), "*.cs", SearchOption.AllDirectories)))
        {
            var source = File.ReadAllText(file);
            if (Section().Match(source) is not { Success: true } section)
            {
                continue;
            }

            foreach (var property in Property().Matches(source).Select(match => match.Groups))
            {
                var name = $"{section.Groups["section"].Value}:{property["name"].Value}";
                settings.Add(name is ConnectionString ? "ConnectionStrings:redis" : name, Written(property["default"].Value));
            }
        }

        Assert.True(settings.Remove(ForTests));
        return settings;
    }

    private static string Written(string initializer) =>
        Time().Match(initializer) is { Success: true } time ? $"{time.Groups["count"].Value} {(time.Groups["unit"].Value is "Seconds" ? "s" : "ms")}"
        : Mebibytes().Match(initializer) is { Success: true } size ? $"{(size.Groups["count"].Success ? size.Groups["count"].Value : "1")} MiB"
        : initializer.Trim('"') is var text && text != initializer ? text
        : "";

    /// <summary>Each setting of the services and its default column.</summary>
    private static Dictionary<string, string> Rows()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var table = readme[readme.IndexOf("## Configuration", StringComparison.Ordinal)..readme.IndexOf("## Writing a backend", StringComparison.Ordinal)];
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var columns in table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            if (columns[3] is "AppHost")
            {
                continue;
            }

            foreach (var name in Name().Matches(columns[1]).Select(match => match.Groups["name"].Value))
            {
                rows.Add(name, columns[2]);
            }
        }

        return rows;
    }

    [GeneratedRegex(@"\(section <c>(?<section>\w+(:\{\w+\})?)</c>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"public [\w?<>]+ (?<name>\w+) \{ get;( set;)? \}( = (?<default>[^;]+);)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"^TimeSpan\.From(?<unit>Seconds|Milliseconds)\((?<count>[\d.]+)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"^((?<count>\d+) \* )?1024 \* 1024$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mebibytes();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(:\{\w+\})?:\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
