using System.Diagnostics;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>Unix: tells a <see cref="Watchdog"/> process what to stop. The kernel closes the pipe to it when the launcher ends in any way.</summary>
internal sealed class WatchdogGuard : IOrphanGuard
{
    private readonly Lock _lock = new();
    private readonly Process _watchdog;

    public WatchdogGuard()
    {
        var (program, arguments) = HelperProgram.CommandLine(HelperProgram.WatchCommand);
        _watchdog = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() })!;
    }

    public void Watch(Process process) => Tell($"+{process.Id}");

    public void Forget(Process process) => Tell($"-{process.Id}");

    public void Dispose()
    {
        lock (_lock)
        {
            _watchdog.StandardInput.Dispose();
            _watchdog.Dispose();
        }
    }

    private void Tell(string line)
    {
        lock (_lock)
        {
            try
            {
                _watchdog.StandardInput.WriteLine(line);
                _watchdog.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody killed the watchdog. The mesh goes on without it; it stops its children itself on every regular way out.
            }
        }
    }
}
