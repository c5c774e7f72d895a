namespace ModelMesh.Feed;

/// <summary>
/// Where the tarball comes from, first that answers:
/// 1. the file that MODELMESH_ASPIRE_CLI_TGZ names;
/// 2. npm, which knows the machine's registry, proxy and credentials;
/// 3. HTTP from the registry that the environment or an .npmrc names. No address is built in.
/// </summary>
internal static class CliPackageSource
{
    public const string FileVariable = "MODELMESH_ASPIRE_CLI_TGZ";

    public static async Task<string> GetAsync(string downloadFolder, CancellationToken cancellationToken)
    {
        // 1.
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } given)
        {
            return File.Exists(given) ? given : throw new FeedException($"{FileVariable} names {given}, and there is no such file.");
        }

        Console.WriteLine($"Getting {CliPackage.Name} {CliPackage.Version} from the npm registry, once per machine (128 MB) …");

        // 2.
        var (npmTarball, npmFault) = await NpmPack.RunAsync(downloadFolder, cancellationToken);
        if (npmTarball is not null)
        {
            return npmTarball;
        }

        // 3.
        var (httpTarball, httpFault) = await RegistryDownload.RunAsync(downloadFolder, cancellationToken);
        return httpTarball ?? throw new FeedException(
            "This NuGet source lacks Aspire and gRPC, and the npm package that stands in for them could not be had either " +
            $"(npm: {npmFault}; HTTP: {httpFault}). Point npm at a registry that has {CliPackage.Name} {CliPackage.Version}, " +
            $"or set {FileVariable} to its .tgz, or use a NuGet source that has all of nuget.org and delete artifacts/feed.");
    }
}
