using System.Diagnostics;

namespace ModelMesh.Testing.RealParts;

/// <summary>Prometheus' own tool, which checks metrics and rules: the machine's, where it has one.</summary>
public static class Promtool
{
    private const string Name = "promtool";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    internal static string Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, Name))
        .FirstOrDefault(File.Exists, InstalledParts.PathOf(Name, Name));

    /// <summary>Runs it and returns its exit code and all that it printed.</summary>
    /// <param name="input">What it reads.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        using var watchdog = new ProcessWatchdog(process.Id);
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }
}
