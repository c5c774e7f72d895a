using System.Diagnostics;

namespace ModelMesh.Testing;

/// <summary>
/// Ends a process whose test process is gone. A runner may kill its test host without a word, so nothing inside it can be relied on to clean up:
/// a small shell waits for the end of its input, which the system closes with the test process, then kills the process and removes its data.
/// </summary>
public sealed class ProcessWatchdog : IDisposable
{
    private readonly Process _shell;

    /// <param name="process">The process to end.</param>
    /// <param name="folder">Its data, where it has any.</param>
    public ProcessWatchdog(int process, string? folder = null) =>
        _shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read _; kill -9 \"$0\"; [ -z \"$1\" ] || rm -rf \"$1\"", $"{process}", folder ?? ""]) { RedirectStandardInput = true, UseShellExecute = false })!;

    /// <summary>Calls it off: the process has ended, and its number may be another's soon.</summary>
    public void Dispose()
    {
        _shell.Kill();
        _shell.Dispose();
    }
}
