namespace ModelMesh.Feed.Tests;

public sealed class CuratedFeedTests
{
    [Fact]
    public async Task FreshClone_TwoRestoresAtOnce_BothSucceedWithPackagesFromTheFolderFeed()
    {
        using var clone = new Clone(hasOwnPackageCache: true);
        // On a machine whose own source is full, only a given kind makes the clone curated; on a curated one, the hook has to find out by itself.
        (string, string?)[] variables = MachineIsCurated ? [] : [("FeedKind", "curated")];

        var restores = await Task.WhenAll(
            clone.TryDotnetAsync(variables, "restore", "ModelMesh.Registry"),
            clone.TryDotnetAsync(variables, "restore", "ModelMesh.Gateway"));

        Assert.All(restores, restore => Assert.True(restore.ExitCode == 0, restore.Output));
        Assert.Equal(MachineIsCurated, clone.Has("artifacts/feed/Feed.props"));
        foreach (var package in CuratedPackages.All)
        {
            Assert.True(clone.Has($"artifacts/feed/packages/{package.Id}.{package.Version}.nupkg"), package.Id);
        }

        Assert.Contains("\"Grpc.Core.Api/2.80.0\"", clone.Read("artifacts/obj/ModelMesh.Registry/project.assets.json"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(clone.Root, "artifacts/feed/scratch")));
    }

    [Fact]
    public async Task Restore_KindIsMisspelt_FailsWithOneLineThatSaysWhatThereIs()
    {
        using var clone = new Clone(hasOwnPackageCache: false);

        var (exitCode, output) = await clone.TryDotnetAsync([("FeedKind", "ful")], "restore", "ModelMesh.Contracts");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error FEED001: FeedKind is 'ful'; it can be 'full'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_PackageCannotBeHad_FailsWithOneLineThatSaysWhatToDo()
    {
        using var clone = new Clone(hasOwnPackageCache: false);

        // No dotnet on PATH either, only the shell that MSBuild needs: the hook takes the dotnet it runs on.
        var path = clone.Folder("path");
        File.CreateSymbolicLink(Path.Combine(path, "sh"), "/bin/sh");
        var (exitCode, output) = await clone.TryDotnetAsync(
            [("FeedKind", "curated"), ("XDG_CACHE_HOME", clone.Folder("cache")), (CliPackageSource.FileVariable, "/no/such/file.tgz"), ("PATH", path)],
            "restore", "ModelMesh.Contracts");

        Assert.NotEqual(0, exitCode);
        Assert.Single(output.Split('\n'), line => line.Contains("error", StringComparison.Ordinal));
        Assert.Contains($"error FEED003: {CliPackageSource.FileVariable} names /no/such/file.tgz", output, StringComparison.Ordinal);
        Assert.False(clone.Has("artifacts/feed/Feed.props"));
    }

    private static bool MachineIsCurated
    {
        get
        {
            var decision = Path.Combine(Clone.RepositoryRoot, "artifacts", "feed", "Feed.props");
            return File.Exists(decision) && File.ReadAllText(decision).Contains("curated", StringComparison.Ordinal);
        }
    }
}
