using System.Text.RegularExpressions;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules.Deploy;

/// <summary>The images' recipe names what exists, and starts it as the settings are.</summary>
public sealed partial class ImageTests
{
    private static readonly string Recipe = DeployFiles.Read("Dockerfile");
    private static readonly string Publish = DeployFiles.Read("publish.sh");

    [Fact]
    public void Variables_OfTheImages_AreSettingsThatTheReadmeHas() =>
        Assert.All(DeployFiles.SettingsIn(Recipe), name => Assert.True(DeployFiles.IsSetting(name), name));

    [Fact]
    public void Copies_OutOfTheBuild_AreWhatThePublishScriptMakes()
    {
        var copied = Copy().Matches(Recipe).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(["gateway", "plugins", "registry"], copied);
        Assert.All(copied, name => Assert.Contains($"\"$out/{name}", Publish, StringComparison.Ordinal));
        Assert.Contains("deploy/publish.sh /out", Recipe, StringComparison.Ordinal);
        Assert.All((string[])["ModelMesh.Gateway", "ModelMesh.Registry"], project =>
        {
            Assert.Contains($"dotnet publish {project} ", Publish, StringComparison.Ordinal);
            Assert.Contains($"ENTRYPOINT [\"dotnet\", \"{project}.dll\"]", Recipe, StringComparison.Ordinal);
            Assert.True(Directory.Exists(Path.Combine(Repository.Root, project)));
        });
    }

    [Fact]
    public void Images_HaveNoRootAndTheirOwnPorts()
    {
        Assert.Contains("\nUSER $APP_UID\n", Recipe, StringComparison.Ordinal);
        Assert.DoesNotContain("USER root", Recipe, StringComparison.Ordinal);
        Assert.Contains("\nEXPOSE 8080\n", Recipe, StringComparison.Ordinal);
        Assert.Contains("\nEXPOSE 8081 9090\n", Recipe, StringComparison.Ordinal);
        Assert.Equal(2, Base().Count(Recipe));
    }

    [Fact]
    public void Ignored_ByTheBuild_IsNothingThatItNeeds()
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
        string[] needed =
        [
            "eng", "backends", "ModelMesh.Gateway", "ModelMesh.Registry", "ModelMesh.ServiceDefaults", "ModelMesh.Contracts", "ModelMesh.Backends.Sdk",
            "deploy/publish.sh", "nuget.config", "global.json", ".editorconfig", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        ];

        Assert.All(needed, path =>
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path);
            Assert.All(path.Split('/').Append(path), part => Assert.DoesNotContain(part, ignored));
        });
        Assert.Contains("**/artifacts", ignored);
    }

    [GeneratedRegex(@"^COPY --from=build (--chown=\S+ )?/out/(?<name>\w+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Copy();

    [GeneratedRegex(@"^FROM mcr\.microsoft\.com/dotnet/(sdk:10\.0-noble|aspnet:10\.0-noble-chiseled) AS ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Base();
}
