using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ModelMesh.Testing.Store;

/// <summary>
/// A store server on a port of its own, with persistence: it can be stopped, killed or paused, and started again on the same port with the same
/// data. Disposing it ends the process and removes the data.
/// </summary>
public sealed partial class StoreServer : IAsyncDisposable
{
    private const int SigStop = 19;
    private const int SigContinue = 18;
    private const int SigTerminate = 15;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly StoreKind _kind;
    private readonly string[] _more;
    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-store-").FullName;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;
    private ProcessWatchdog? _watchdog;

    private StoreServer(StoreKind kind, int port, string[] more) => (_kind, Port, _more) = (kind, port, more);

    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <param name="more">Arguments that the server is given besides its usual ones.</param>
    public static async Task<StoreServer> StartAsync(StoreKind kind, params string[] more)
    {
        var server = new StoreServer(kind, LoopbackPort.Free(), more);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the process, also again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        var (file, arguments) = _kind == StoreKind.Redis
            ? (RedisProgram.Find() ?? throw new InvalidOperationException("There is no Redis server on PATH."), RedisProgram.Arguments(Port, _folder))
            : ("dotnet", [await GarnetProgram.AssemblyAsync(), .. GarnetProgram.Arguments(Port, _folder)]);
        var start = new ProcessStartInfo(file, [.. arguments, .. _more]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder };
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        _process?.Dispose();
        _process = Process.Start(start)!;
        _watchdog = new ProcessWatchdog(_process.Id, _folder);
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var since = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || since.Elapsed > StartDeadline)
            {
                throw new InvalidOperationException($"{_kind} did not start:\n{string.Join('\n', _output)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Ends the process as an operator would.</summary>
    public Task StopAsync() => EndAsync(SigTerminate);

    /// <summary>Ends the process as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        CallOff();
    }

    /// <summary>Stops the process in its tracks: its sockets stay open and nothing answers.</summary>
    public void Pause()
    {
        Signal(SigStop);
        StoppedProcess.Await(_process!.Id);
    }

    public void Resume() => Signal(SigContinue);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        CallOff();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(2));
            return answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException)
        {
            return false;
        }
    }

    private async Task EndAsync(int signal)
    {
        Signal(signal);
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        CallOff();
    }

    private void CallOff()
    {
        _watchdog?.Dispose();
        _watchdog = null;
    }

    private void Signal(int signal)
    {
        if (Send(_process!.Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
