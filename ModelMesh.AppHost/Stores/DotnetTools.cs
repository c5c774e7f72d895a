using System.Diagnostics;
using ModelMesh.AppHost.Settings;

namespace ModelMesh.AppHost.Stores;

internal static class DotnetTools
{
    /// <summary>Restores the tools of the manifest; a second where they are there already.</summary>
    public static void Restore(string repository)
    {
        using var process = Process.Start(new ProcessStartInfo(LocalHosting.DotnetHost.Path, ["tool", "restore"])
        {
            UseShellExecute = false,
            WorkingDirectory = repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new AppHostFault($"'dotnet tool restore' failed, so the embedded store is not to be had. Install redis-server, or set ConnectionStrings:redis. It said: {OneLine(output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult())}");
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
