using System.Xml.Linq;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules;

/// <summary>Arrows point one way. These are the rules of docs/architecture.md, read from the project files.</summary>
public sealed class ArchitectureTests
{
    private const string Sdk = "ModelMesh.Backends.Sdk";

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["ModelMesh.Contracts"] = [],
        [Sdk] = [],
        ["ModelMesh.ServiceDefaults"] = ["ModelMesh.Contracts"],
        ["ModelMesh.Gateway"] = ["ModelMesh.Contracts", "ModelMesh.ServiceDefaults"],
        ["ModelMesh.Registry"] = [Sdk, "ModelMesh.Contracts", "ModelMesh.ServiceDefaults"],
        ["ModelMesh.LocalHosting"] = [],
        // It knows the mesh as anybody does who has its HTTP APIs.
        ["ModelMesh.Cli"] = [],
    };

    [Fact]
    public void References_OfEachPart_AreOnlyTheAllowedOnes() =>
        Assert.All(Allowed, rule => Assert.Empty(References(Path.Combine(Repository.Root, rule.Key, $"{rule.Key}.csproj")).Except(rule.Value)));

    [Fact]
    public void Plugins_ReferenceNothingOfOursButTheSdkAndPlainLibraries()
    {
        var allowed = Backends.Where(IsLibrary).Select(Path.GetFileNameWithoutExtension).Append(Sdk).ToArray();
        var plugins = Backends.Where(project => !IsLibrary(project)).Concat(Projects("samples")).ToArray();
        Assert.NotEmpty(plugins);
        Assert.All(plugins, project => Assert.Empty(References(project).Except(allowed)));
    }

    [Fact]
    public void PlainLibrariesOfPlugins_ReferenceTheSdkAlone() =>
        Assert.All(Backends.Where(IsLibrary), project => Assert.Empty(References(project).Except([Sdk])));

    [Fact]
    public void Plugins_OfOurs_HaveAReadmeThatNamesTheTypeAndTablesTheSettings() =>
        Assert.All(Backends.Where(project => !IsLibrary(project)), project =>
        {
            var readme = Path.Combine(Path.GetDirectoryName(project)!, "README.md");
            Assert.True(File.Exists(readme), $"{readme} is missing");
            var text = File.ReadAllText(readme);
            Assert.Contains("ackend type `", text, StringComparison.Ordinal);
            Assert.Contains("| setting | default | does |", text, StringComparison.Ordinal);
        });

    [Fact]
    public void Services_ReferenceNoPlugin() =>
        Assert.All(Allowed.Keys, part => Assert.DoesNotContain(References(Path.Combine(Repository.Root, part, $"{part}.csproj")), name => name.StartsWith("ModelMesh.Backends.", StringComparison.Ordinal) && name != Sdk));

    [Theory]
    [InlineData("ModelMesh.AppHost/AppHost.cs")]
    [InlineData("ModelMesh.Cli/Program.cs")]
    [InlineData("ModelMesh.Gateway/Program.cs")]
    [InlineData("ModelMesh.Registry/Program.cs")]
    public void Program_IsATableOfContentsOfUnder40Lines(string file) => Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, file)).Length, 1, 39);

    // Whoever tries the README's sample has a project of their own there.
    private static IEnumerable<string> Backends => Projects("backends").Where(project => Path.GetFileName(project).StartsWith("ModelMesh.", StringComparison.Ordinal));

    private static bool IsLibrary(string project) => XDocument.Load(project).Descendants("IsBackendPlugin").Any(element => element.Value == "false");

    private static IEnumerable<string> Projects(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories);

    private static string[] References(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];
}
