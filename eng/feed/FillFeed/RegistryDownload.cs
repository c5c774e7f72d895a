namespace ModelMesh.Feed;

internal static class RegistryDownload
{
    /// <returns>The tarball, or why there is none.</returns>
    public static async Task<(string? Tarball, string? Fault)> RunAsync(string downloadFolder, CancellationToken cancellationToken)
    {
        if (NpmRegistry.Find() is not { } registry)
        {
            return (null, "neither NPM_CONFIG_REGISTRY nor an .npmrc names a registry");
        }

        var fileName = CliPackage.Name[(CliPackage.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var address = new Uri(registry, $"{CliPackage.Name}/-/{fileName}-{CliPackage.Version}.tgz");
        var tarball = Path.Combine(downloadFolder, CliPackage.FileName);
        try
        {
            using var client = new HttpClient();
            await using var body = await client.GetStreamAsync(address, cancellationToken);
            await using var file = File.Create(tarball);
            await body.CopyToAsync(file, cancellationToken);
            return (tarball, null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Refused, cut in the middle, or the client's own time-out.
            return (null, $"{address}: {fault.Message}");
        }
    }
}
