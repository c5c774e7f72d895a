using System.Diagnostics;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>A script of <c>scripts/</c>, run as a user runs it.</summary>
internal static class ScriptRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs it and returns its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Output)> ToEndAsync(string script, params string[] arguments)
    {
        // In a group of its own, so that the watchdog ends its children, too.
        using var process = Process.Start(new ProcessStartInfo("setsid", ["dotnet", "run", Path.Combine("scripts", script), "--", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        })!;
        using var watchdog = new ProcessWatchdog(-process.Id);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output + await errors);
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
