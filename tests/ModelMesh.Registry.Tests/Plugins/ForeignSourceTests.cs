using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>What the build takes a project under <c>backends/</c> for. Only evaluated, outside the clone: a registry may be watching the real folder.</summary>
public sealed class ForeignSourceTests : IDisposable
{
    private static readonly string[] Rules = ["TreatWarningsAsErrors", "EnforceCodeStyleInBuild", "GenerateDocumentationFile", "ManagePackageVersionsCentrally"];

    private readonly string _root = Directory.CreateTempSubdirectory("modelmesh-foreign-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Evaluate_AProjectOfSomeoneElse_PlainSdkRulesAndStillAPlugin()
    {
        var project = await EvaluateAsync("Shout");

        Assert.All(Rules, rule => Assert.NotEqual("true", PropertyOf(project, rule)));
        Assert.Empty(ItemsOf(project, "PackageReference"));
        Assert.Empty(ItemsOf(project, "AdditionalFiles"));
        Assert.Equal(("true", "net10.0"), (PropertyOf(project, "IsBackendPlugin"), PropertyOf(project, "TargetFramework")));
    }

    [Fact]
    public async Task Evaluate_AProjectOfOurs_TheRepositorysRules()
    {
        var project = await EvaluateAsync("ModelMesh.Backends.Shout");

        Assert.Equal("true", PropertyOf(project, "TreatWarningsAsErrors"));
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", ItemsOf(project, "PackageReference"));
        Assert.Contains(ItemsOf(project, "AdditionalFiles"), file => file.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));
    }

    private static string PropertyOf(JsonNode project, string name) => (string)project["Properties"]![name]!;

    private static IEnumerable<string> ItemsOf(JsonNode project, string name) => project["Items"]![name]!.AsArray().Select(item => (string)item!["Identity"]!);

    private async Task<JsonNode> EvaluateAsync(string name)
    {
        var backends = Path.Combine(Repository.Root, "backends");
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets"])
        {
            await File.WriteAllTextAsync(Path.Combine(_root, file), $"""<Project><Import Project="{Path.Combine(backends, file)}" /></Project>""");
        }

        await File.WriteAllTextAsync(Path.Combine(_root, "Directory.Packages.props"), $"""<Project><Import Project="{Path.Combine(Repository.Root, "Directory.Packages.props")}" /></Project>""");
        var path = Path.Combine(_root, name + ".csproj");
        await File.WriteAllTextAsync(path, """<Project Sdk="Microsoft.NET.Sdk" />""");
        return JsonNode.Parse(await MSBuildAsync(path, $"-getProperty:{string.Join(',', Rules)},IsBackendPlugin,TargetFramework", "-getItem:PackageReference,AdditionalFiles"))!;
    }

    private static async Task<string> MSBuildAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        // What "dotnet test" set for itself is not for another build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
