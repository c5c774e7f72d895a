using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules.Deploy;

/// <summary>The chart's values, schema and templates agree, with each other and with the services. Rendering it takes Helm (docs/deploy.md).</summary>
public sealed partial class ChartTests
{
    // What an operator fills with whatever Kubernetes has there.
    private static readonly string[] Free = ["resources", "annotations"];

    private static readonly YamlMappingNode Values = DeployFiles.Yaml("helm", "modelmesh", "values.yaml");
    private static readonly JsonElement Schema = JsonDocument.Parse(DeployFiles.Read("helm", "modelmesh", "values.schema.json")).RootElement;

    private static readonly string Templates = string.Join(
        '\n', Directory.EnumerateFiles(Path.Combine(DeployFiles.Folder, "helm", "modelmesh", "templates"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));

    [Fact]
    public void Values_ThatTemplatesUse_AreDeclared()
    {
        var used = Use().Matches(Templates).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.InRange(used.Count, 40, 200);
        Assert.All(used, path => Assert.True(Find(path.Split('.')) is not null, $".Values.{path}"));
    }

    [Fact]
    public void Values_ThatAreDeclared_AreUsed() =>
        Assert.All(Leaves(Values, []), path => Assert.True(Regex.IsMatch(Templates, $@"\.{Regex.Escape(path[^1])}\b", RegexOptions.None, TimeSpan.FromSeconds(1)), string.Join('.', path)));

    [Fact]
    public void Schema_HasEveryValueAndNoOther()
    {
        var values = Leaves(Values, []).Select(path => string.Join('.', path)).ToHashSet(StringComparer.Ordinal);
        var schema = Properties(Schema, []).Select(path => string.Join('.', path)).ToHashSet(StringComparer.Ordinal);

        // Helm itself puts it there.
        schema.Remove("global");
        Assert.Empty(values.Except(schema));
        Assert.Empty(schema.Except(values));
    }

    [Fact]
    public void Variables_OfThePods_AreSettingsThatTheReadmeHas() =>
        Assert.All(DeployFiles.SettingsIn(Templates), name => Assert.True(DeployFiles.IsSetting(name), name));

    [Fact]
    public void Pod_ThatIsStopped_HasTimeForItsDelayAndItsStreams()
    {
        var rest = Grace().Match(Templates);
        Assert.True(rest.Success);
        Assert.True(TimeSpan.FromSeconds(int.Parse(rest.Groups["rest"].Value, CultureInfo.InvariantCulture)) >= DeployFiles.AfterGrace);
        Assert.Equal(2, Regex.Count(Templates, "terminationGracePeriodSeconds: {{ include \"modelmesh.terminationGrace\" . }}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal((300, 3600), (Maximum("delaySeconds"), Maximum("graceSeconds")));
    }

    [Fact]
    public void Ports_OfThePods_AreWhereTheServicesListen() =>
        Assert.Equal(
            ["grpc 9090", "http 8080", "http 8081", "redis 6379"],
            Port().Matches(Templates).Select(match => $"{match.Groups["name"].Value} {match.Groups["port"].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void Probes_AskPathsThatTheServicesHave()
    {
        var health = File.ReadAllText(Path.Combine(Repository.Root, "ModelMesh.ServiceDefaults", "Health", "HealthExtensions.cs"));
        var paths = Probe().Matches(Templates).Select(match => match.Groups["path"].Value).ToList();

        // Start, ready, alive: only the second may fail for what others do.
        Assert.Equal(["/alive", "/health", "/alive"], paths);
        Assert.All(paths, path => Assert.Contains($"MapHealthChecks(\"{path}\"", health, StringComparison.Ordinal));
    }

    private static int Maximum(string value) => Schema.GetProperty("properties").GetProperty("shutdown").GetProperty("properties").GetProperty(value).GetProperty("maximum").GetInt32();

    private static YamlNode? Find(string[] path)
    {
        YamlNode? node = Values;
        foreach (var name in path)
        {
            node = node is YamlMappingNode mapping && mapping.Children.TryGetValue(name, out var child) ? child : null;
        }

        return node;
    }

    private static IEnumerable<string[]> Leaves(YamlMappingNode node, string[] path) =>
        node.Children.SelectMany(child => child.Value is YamlMappingNode { Children.Count: > 0 } inner && !Free.Contains(child.Key.ToString())
            ? Leaves(inner, [.. path, child.Key.ToString()])
            : [[.. path, child.Key.ToString()]]);

    private static IEnumerable<string[]> Properties(JsonElement schema, string[] path) =>
        schema.GetProperty("properties").EnumerateObject().SelectMany(property => property.Value.TryGetProperty("properties", out _)
            ? Properties(property.Value, [.. path, property.Name])
            : [[.. path, property.Name]]);

    [GeneratedRegex(@"\.Values\.(?<path>\w+(\.\w+)*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Use();

    [GeneratedRegex(@"add \(int \.Values\.shutdown\.delaySeconds\) \(int \.Values\.shutdown\.graceSeconds\) (?<rest>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grace();

    [GeneratedRegex(@"\{name: (?<name>\w+), containerPort: (?<port>\d+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"httpGet: \{path: (?<path>/\w+), port: http\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Probe();
}
