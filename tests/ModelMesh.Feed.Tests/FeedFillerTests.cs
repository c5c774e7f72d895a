namespace ModelMesh.Feed.Tests;

public sealed class FeedFillerTests : IDisposable
{
    private const string Revision = "test";

    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-feed-").FullName;

    private string Feed => Path.Combine(_folder, "feed");

    private FillArguments Arguments => new(Feed, Revision, Path.Combine(_folder, "error.txt"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Fill_CacheCannotBeWritten_NamesItAndTheVariable()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, string.Empty);

        var fault = await Assert.ThrowsAsync<FeedException>(() => FeedFiller.FillAsync(Arguments, file, CancellationToken.None));

        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains("set XDG_CACHE_HOME", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fill_CacheIsComplete_OnlyReadsIt()
    {
        var cache = UserCache.In(_folder, Revision);
        Directory.CreateDirectory(cache.Packages);
        Directory.CreateDirectory(cache.Download);
        await File.WriteAllTextAsync(Path.Combine(cache.Packages, "A.1.0.0.nupkg"), "a package");
        cache.MarkComplete();
        // Whoever would write waits for this.
        using var held = await cache.LockAsync(CancellationToken.None);

        await FeedFiller.FillAsync(Arguments, _folder, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("a package", await File.ReadAllTextAsync(Path.Combine(Feed, "A.1.0.0.nupkg")));
    }
}
