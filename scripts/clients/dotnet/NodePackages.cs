using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ModelMesh.Scripts.Clients;

/// <summary>
/// The npm packages of <c>scripts/clients/package-lock.json</c>, in <c>artifacts/real-parts/clients</c>. <c>tests/real-parts/install.sh</c> brings them too: both
/// install into that folder and leave the lock file's hash beside it, by which they see that it is done.
/// </summary>
internal static class NodePackages
{
    private static readonly string Sources = Path.GetDirectoryName(Here())!;
    private static readonly string Parts = Path.GetFullPath(Path.Combine(Sources, "..", "..", "artifacts", "real-parts"));

    public static string Folder { get; } = Path.Combine(Parts, "clients");

    private static string Stamp => Path.Combine(Parts, "clients.stamp");

    /// <summary>Installs what is missing or stale, and brings the checks themselves up to date. Returns why that is not possible, or null.</summary>
    public static async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync("node", ["--version"], Sources, cancellationToken) is not (0, _))
        {
            return "there is no node on PATH";
        }

        var wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Sources, "package-lock.json"), cancellationToken)));
        if (!File.Exists(Stamp) || (await File.ReadAllTextAsync(Stamp, cancellationToken)).Trim() != wanted)
        {
            Directory.CreateDirectory(Folder);
            File.Delete(Stamp);
            Copy("package*.json");
            Console.WriteLine("Installing the npm clients …");
            var (code, output) = await RunAsync(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], Folder, cancellationToken);
            if (code != 0)
            {
                return $"npm ci failed: {output.Trim().ReplaceLineEndings(" ")}";
            }

            await File.WriteAllTextAsync(Stamp, wanted + "\n", cancellationToken);
        }

        // Node looks for packages from the folder of the file that imports them.
        Copy("*.mjs");
        return null;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static void Copy(string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(Sources, pattern))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static async Task<(int? Code, string Output)> RunAsync(string file, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (null, exception.Message);
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
