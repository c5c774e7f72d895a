namespace ModelMesh.Feed;

/// <summary>
/// Fills a clone's folder feed with the packages that a curated source lacks:
/// 1. the packages are in the per-user cache: copy them;
/// 2. else get the Aspire CLI's package, let it unpack itself, take the assemblies out, wrap them; then copy.
/// </summary>
internal static class FeedFiller
{
    /// <exception cref="FeedException">It cannot be filled; the message says what to do.</exception>
    public static async Task FillAsync(FillArguments arguments, string cacheFolder, CancellationToken cancellationToken)
    {
        try
        {
            var cache = UserCache.In(cacheFolder, arguments.Revision);

            // A complete cache is only read, and may be one that cannot be written.
            if (!cache.IsComplete)
            {
                await MakeOnceAsync(cache, cancellationToken);
            }

            FolderFeed.CopyInto(arguments.To, cache.Packages, arguments.Revision);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FeedException(
                $"The packages that this NuGet source lacks could not be put into {cacheFolder} or {arguments.To}: {fault.Message} " +
                "Make room and rights there, or set XDG_CACHE_HOME to another folder for the first of them.",
                fault);
        }

        Console.WriteLine($"Filled the curated package feed with {CuratedPackages.All.Count} packages.");
    }

    private static async Task MakeOnceAsync(UserCache cache, CancellationToken cancellationToken)
    {
        using (await cache.LockAsync(cancellationToken))
        {
            if (!cache.IsComplete)
            {
                await MakeAsync(cache, cancellationToken);
            }
        }
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
