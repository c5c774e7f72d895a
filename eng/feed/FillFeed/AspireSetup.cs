namespace ModelMesh.Feed;

/// <summary>The CLI is self-extracting: it unpacks its own bundle (orchestrator, dashboard, managed assemblies) beside itself.</summary>
internal static class AspireSetup
{
    public static async Task RunAsync(UserCache cache, CancellationToken cancellationToken)
    {
        var result = await ToolProcess.RunAsync(
            cache.Cli,
            ["setup", "--install-path", cache.Aspire, "--non-interactive", "--nologo"],
            cache.Home,
            cancellationToken,
            ("HOME", cache.Home), ("ASPIRE_CLI_TELEMETRY_OPTOUT", "true"), ("ASPIRE_CLI_GENERATE_HTTPS_CERTIFICATE", "false"));
        if (result.ExitCode != 0 || !File.Exists(cache.ManagedBundle))
        {
            throw new FeedException($"'aspire setup' of {CliPackage.Name} {CliPackage.Version} ended with {result.ExitCode} and no bundle: {result.LastLine}");
        }
    }
}
