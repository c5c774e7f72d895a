using System.Diagnostics;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>A script of <c>scripts/</c>, or a program, run as a user runs it.</summary>
internal static class ScriptRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs it and returns its exit code and all that it printed.</summary>
    public static Task<(int ExitCode, string Output)> ToEndAsync(string script, params string[] arguments) => ToEndInAsync(Repository.Root, null, script, arguments);

    /// <param name="root">Of the clone that the script is in.</param>
    /// <param name="searchPath">Its PATH; null for this process's.</param>
    public static Task<(int ExitCode, string Output)> ToEndInAsync(string root, string? searchPath, string script, params string[] arguments) =>
        DotnetAsync(root, searchPath, ["run", Path.Combine("scripts", script), "--", .. arguments]);

    /// <summary>Runs a program of this build, and returns its exit code and all that it printed.</summary>
    public static Task<(int ExitCode, string Output)> ProgramAsync(string project, params string[] arguments) =>
        DotnetAsync(Repository.Root, null, ["exec", Repository.Assembly(project), .. arguments]);

    private static async Task<(int ExitCode, string Output)> DotnetAsync(string root, string? searchPath, IEnumerable<string> arguments)
    {
        // In a group of its own, so that the watchdog ends its children, too.
        var start = new ProcessStartInfo("setsid", ["dotnet", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = root,
        };
        if (searchPath is not null)
        {
            start.Environment["PATH"] = searchPath;
        }

        using var process = Process.Start(start)!;
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
