using System.Xml.Linq;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules;

/// <summary>Arrows point one way. These are the rules of docs/architecture.md, read from the project files.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["ModelMesh.Contracts"] = [],
        ["ModelMesh.Backends.Sdk"] = [],
        ["ModelMesh.ServiceDefaults"] = ["ModelMesh.Contracts"],
        ["ModelMesh.Gateway"] = ["ModelMesh.Contracts", "ModelMesh.ServiceDefaults"],
        ["ModelMesh.Registry"] = ["ModelMesh.Backends.Sdk", "ModelMesh.Contracts", "ModelMesh.ServiceDefaults"],
        ["ModelMesh.LocalHosting"] = [],
    };

    [Fact]
    public void References_OfEachPart_AreOnlyTheAllowedOnes() =>
        Assert.All(Allowed, rule => Assert.Empty(References(Path.Combine(Repository.Root, rule.Key, $"{rule.Key}.csproj")).Except(rule.Value)));

    [Fact]
    public void Plugins_ReferenceNothingOfOursButTheSdkAndPlainLibraries()
    {
        var projects = Projects("backends").Concat(Projects("samples")).ToArray();
        Assert.NotEmpty(projects);
        var plugins = projects.Where(project => !File.ReadAllText(project).Contains("<IsBackendPlugin>false", StringComparison.Ordinal)).ToArray();
        var forbidden = plugins.Select(Path.GetFileNameWithoutExtension).Concat(Allowed.Keys.Where(part => part != "ModelMesh.Backends.Sdk")).ToArray();
        Assert.All(projects, project => Assert.Empty(References(project).Intersect(forbidden)));
    }

    [Fact]
    public void Services_ReferenceNoPlugin() =>
        Assert.All(Allowed.Keys, part => Assert.DoesNotContain(References(Path.Combine(Repository.Root, part, $"{part}.csproj")), name => name.StartsWith("ModelMesh.Backends.", StringComparison.Ordinal) && name != "ModelMesh.Backends.Sdk"));

    [Theory]
    [InlineData("ModelMesh.AppHost/AppHost.cs")]
    [InlineData("ModelMesh.Gateway/Program.cs")]
    [InlineData("ModelMesh.Registry/Program.cs")]
    public void Program_IsATableOfContentsOfUnder40Lines(string file) => Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, file)).Length, 1, 39);

    private static IEnumerable<string> Projects(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories);

    private static string[] References(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];
}
