using System.ComponentModel;

namespace ModelMesh.Feed;

internal static class NpmPack
{
    /// <returns>The tarball, or why there is none.</returns>
    public static async Task<(string? Tarball, string? Fault)> RunAsync(string downloadFolder, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ToolProcess.RunAsync("npm", ["pack", "--silent", $"{CliPackage.Name}@{CliPackage.Version}"], downloadFolder, cancellationToken);
            var tarball = Directory.EnumerateFiles(downloadFolder, "*.tgz").FirstOrDefault();
            return result.ExitCode == 0 && tarball is not null ? (tarball, null) : (null, $"'npm pack' ended with {result.ExitCode}: {result.LastLine}");
        }
        catch (Win32Exception)
        {
            return (null, "not on PATH");
        }
    }
}
