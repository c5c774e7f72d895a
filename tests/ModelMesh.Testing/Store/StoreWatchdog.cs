using System.Diagnostics;

namespace ModelMesh.Testing.Store;

/// <summary>
/// Ends a server whose test process is gone. A runner may kill its test host without a word, so nothing inside it can be relied on to clean up:
/// a small shell waits for the end of its input, which the system closes with the test process, then kills the server and removes its data.
/// </summary>
internal sealed class StoreWatchdog : IDisposable
{
    private readonly Process _shell;

    public StoreWatchdog(int server, string folder) =>
        _shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "read _; kill -9 \"$0\"; rm -rf \"$1\"", $"{server}", folder]) { RedirectStandardInput = true, UseShellExecute = false })!;

    /// <summary>Calls it off: the server has ended, and its number may be another's soon.</summary>
    public void Dispose()
    {
        _shell.Kill();
        _shell.Dispose();
    }
}
