using System.Diagnostics;
using ModelMesh.Bench.Compare.Processes;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>Portkey's gateway from npm, with all that it needs pinned.</summary>
internal static class PortkeyPackage
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Installs it once, and again when what is pinned has changed.</summary>
    /// <returns>The folder that it is in, of the build output.</returns>
    /// <exception cref="ContenderFault">npm is not to be had, or cannot install it.</exception>
    public static async Task<string> InstallAsync()
    {
        var pinned = Path.Combine(AppContext.BaseDirectory, "portkey");
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../bench/portkey"));
        var (wanted, stamp) = (await File.ReadAllTextAsync(Path.Combine(pinned, "package-lock.json")), Path.Combine(folder, "installed"));
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(pinned))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            }

            await NpmAsync(folder);
            await File.WriteAllTextAsync(stamp, wanted);
        }

        return folder;
    }

    private static async Task NpmAsync(string folder)
    {
        var npm = OnPath.Find("npm") ?? throw new ContenderFault("npm is not installed");
        using var process = Process.Start(new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new ContenderFault("npm did not install it in five minutes");
        }

        if (process.ExitCode != 0)
        {
            throw new ContenderFault($"npm could not install it: {(await errors + await output).Trim()}");
        }
    }
}
