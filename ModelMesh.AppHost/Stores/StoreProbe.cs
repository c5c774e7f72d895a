using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace ModelMesh.AppHost.Stores;

/// <summary>Looks at the machine for <see cref="StoreFacts"/>.</summary>
internal static class StoreProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

#if ASPIRE
    public const bool FeedIsFull = true;
#else
    public const bool FeedIsFull = false;
#endif

    public static StoreFacts Look(IConfiguration configuration, string name)
    {
        var isGiven = !string.IsNullOrEmpty(configuration.GetConnectionString(name));
        return new StoreFacts(
            configuration.GetValue<StoreKind?>("Store:Kind"),
            isGiven,
            FeedIsFull,
            // Asking takes a second; ask only where the answer counts.
            !isGiven && FeedIsFull && (Succeeds("docker", "version") || Succeeds("podman", "info")),
            FindServer());
    }

    public static string? FindServer() => Array.Find(["redis-server", "valkey-server"], IsOnPath);

    private static bool Succeeds(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)));
}
