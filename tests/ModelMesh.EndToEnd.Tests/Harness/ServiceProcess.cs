using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>One service as a process of its own on ports of its own, so that a test can kill it like an operator's machine would.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<Uri> _addresses = [];
    private readonly Lock _gate = new();
    private ProcessWatchdog? _watchdog;

    private ServiceProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What the service wrote so far, for a failed test to show.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The bound addresses in the order the service listens: HTTP first, then gRPC.</summary>
    public IReadOnlyList<Uri> Addresses
    {
        get
        {
            lock (_gate)
            {
                return [.. _addresses];
            }
        }
    }

    public Uri Http => Addresses[0];

    public static async Task<ServiceProcess> StartAsync(string name, string project, int listeners, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Assembly(project)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(Repository.Assembly(project)),
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var service = new ServiceProcess(name, new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Read(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Read(line.Data);
        service._process.Start();
        service._watchdog = new ProcessWatchdog(service.Id);
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        try
        {
            await Eventually.HoldsAsync(
                () => service.HasExited ? throw new InvalidOperationException($"{name} exited:\n{service.Output}") : service.Addresses.Count == listeners,
                TimeSpan.FromSeconds(30),
                $"{name} listens");
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }

        return service;
    }

    /// <summary><c>kill -9</c>.</summary>
    public void Kill() => _process.Kill();

    public void Terminate() => Signal(Sigterm);

    public async Task<bool> ExitedWithinAsync(TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _watchdog?.Dispose();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    private void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} did not reach {Name}.");
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _output.AppendLine(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                _addresses.Add(new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }
    }
}
