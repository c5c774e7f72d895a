using System.Text.Json;

namespace ModelMesh.Feed.Tests;

/// <summary>The decision and its effect on a source that has Aspire; the packages themselves are stand-ins.</summary>
public sealed class FullFeedTests
{
    // The hook's other way in is a project, which the curated tests take; the whole solution would restore every test's packages too.
    private const string SolutionOfAppHost =
        """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "ModelMesh.AppHost", "ModelMesh.AppHost\ModelMesh.AppHost.csproj", "{0D2C3B8E-0B0F-4B5A-9C57-7C1D0A2E5F11}"
        EndProject
        Global
          GlobalSection(SolutionConfigurationPlatforms) = preSolution
            Debug|Any CPU = Debug|Any CPU
          EndGlobalSection
          GlobalSection(ProjectConfigurationPlatforms) = postSolution
            {0D2C3B8E-0B0F-4B5A-9C57-7C1D0A2E5F11}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
            {0D2C3B8E-0B0F-4B5A-9C57-7C1D0A2E5F11}.Debug|Any CPU.Build.0 = Debug|Any CPU
          EndGlobalSection
        EndGlobal
        """;

    [Fact]
    public async Task FreshClone_SourceHasAspire_OneRestoreOfASolutionMakesAppHostAnAspireProject()
    {
        using var clone = new Clone(hasOwnPackageCache: true);
        StandInSource.AddTo(clone);
        var curated = await EvaluateAsync(clone);
        Assert.Equal("curated", curated.Property("FeedKind"));
        Assert.Equal(string.Empty, curated.Property("IsAspireHost"));
        Assert.Contains(curated.Items("ProjectReference"), reference => reference.Contains("ModelMesh.LocalHosting", StringComparison.Ordinal));

        await File.WriteAllTextAsync(Path.Combine(clone.Root, "AppHostOnly.sln"), SolutionOfAppHost);
        Assert.DoesNotContain("warning", await clone.DotnetAsync("restore", "AppHostOnly.sln"), StringComparison.Ordinal);

        Assert.Contains("<FeedKind>full</FeedKind>", clone.Read("artifacts/feed/Feed.props"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(clone.Root, "artifacts/feed/packages")));
        var full = await EvaluateAsync(clone);
        Assert.Equal("full", full.Property("FeedKind"));
        Assert.Equal("true", full.Property("UseAspire"));
        // The SDK's props and targets are both imported.
        Assert.Equal("true", full.Property("IsAspireHost"));
        Assert.Equal("13.5.4", full.Property("AspireHostingSDKVersion"));
        Assert.Equal("true", full.Property("TreatProjectReferencesAsResources"));
        Assert.Contains("ASPIRE", full.Property("DefineConstants").Split(';'));
        Assert.Contains("Aspire.Hosting.Redis", full.Items("PackageReference"));
        Assert.DoesNotContain(full.Items("ProjectReference"), reference => reference.Contains("ModelMesh.LocalHosting", StringComparison.Ordinal));
        // The restore that decided is also the one that restored: nothing is left for a second one.
        Assert.Contains("\"Aspire.Hosting.Redis/13.5.4\"", clone.Read("artifacts/obj/ModelMesh.AppHost/project.assets.json"), StringComparison.Ordinal);
    }

    private static async Task<Evaluation> EvaluateAsync(Clone clone) => new(await clone.DotnetAsync(
        "msbuild", "ModelMesh.AppHost", "-getProperty:FeedKind,UseAspire,IsAspireHost,AspireHostingSDKVersion,TreatProjectReferencesAsResources,DefineConstants", "-getItem:PackageReference,ProjectReference"));

    private sealed class Evaluation(string json)
    {
        private readonly JsonElement _root = JsonDocument.Parse(json).RootElement;

        public string Property(string name) => _root.GetProperty("Properties").GetProperty(name).GetString()!;

        public IEnumerable<string> Items(string name) => _root.GetProperty("Items").GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);
    }
}
