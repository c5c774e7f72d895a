namespace ModelMesh.Feed;

/// <summary>
/// Fills a clone's folder feed with the packages that a curated source lacks:
/// 1. the packages are in the per-user cache: copy them;
/// 2. else get the Aspire CLI's package, let it unpack itself, take the assemblies out, wrap them; then copy.
/// </summary>
internal static class FeedFiller
{
    public static async Task FillAsync(FillArguments arguments, CancellationToken cancellationToken)
    {
        var cache = UserCache.For(arguments.Revision);
        using (await cache.LockAsync(cancellationToken))
        {
            if (!cache.IsComplete)
            {
                await MakeAsync(cache, cancellationToken);
            }
        }

        FolderFeed.CopyInto(arguments.To, cache.Packages, arguments.Revision);
        Console.WriteLine($"Filled the curated package feed with {CuratedPackages.All.Count} packages.");
    }

    private static async Task MakeAsync(UserCache cache, CancellationToken cancellationToken)
    {
        SupportedMachine.Check();
        cache.Clear();
        var tarball = await CliPackageSource.GetAsync(cache.Download, cancellationToken);
        await CliPackage.VerifyAsync(tarball, cancellationToken);
        await CliPackage.ExtractCliAsync(tarball, cache.Cli, cancellationToken);
        await AspireSetup.RunAsync(cache, cancellationToken);

        Directory.CreateDirectory(cache.Packages);
        using (var bundle = SingleFileBundle.Open(cache.ManagedBundle))
        {
            foreach (var package in CuratedPackages.All)
            {
                NupkgWriter.Write(package, bundle, cache.Packages);
            }
        }

        cache.MarkComplete();
    }
}
