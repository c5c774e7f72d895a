using System.Collections.Concurrent;
using System.Diagnostics;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>A registry as a process of its own, for what is settled when a process starts. Disposing it ends it.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessWatchdog _watchdog;
    private readonly ConcurrentQueue<string> _output = new();

    private RegistryProcess(Process process)
    {
        _process = process;
        _watchdog = new ProcessWatchdog(process.Id);
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public static RegistryProcess Start(IReadOnlyDictionary<string, string> environment)
    {
        var assembly = Repository.Assembly("ModelMesh.Registry");
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(assembly) };
        foreach (var (name, value) in environment.Append(new("Listen__Http", "0")).Append(new("Listen__Grpc", "0")))
        {
            start.Environment[name] = value;
        }

        return new RegistryProcess(Process.Start(start)!);
    }

    /// <returns>False, while it runs.</returns>
    public bool ThrowIfExited() => _process.HasExited ? throw new InvalidOperationException($"The registry ended:\n{Output}") : false;

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _watchdog.Dispose();
        _process.Dispose();
    }
}
