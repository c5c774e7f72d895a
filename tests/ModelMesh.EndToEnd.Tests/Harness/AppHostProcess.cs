using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>The product's front door as a process: AppHost with everything it starts, told apart from other processes by a mark in the environment.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    private const string Mark = "MODELMESH_TEST_RUN";

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("modelmesh-apphost-");
    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private HttpClient? _gateway;
    private HttpClient? _registry;

    private AppHostProcess()
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Assembly("ModelMesh.AppHost")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "ModelMesh.AppHost"),
        };
        start.Environment[Mark] = _mark;
        start.Environment["Ports__Gateway"] = "0";
        start.Environment["Ports__Registry"] = "0";
        start.Environment["Ports__RegistryGrpc"] = "0";
        start.Environment["Dashboard__Enabled"] = "false";
        start.Environment["Store__Kind"] = "Garnet";
        start.Environment["Store__DataDirectory"] = _data.FullName;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    public HttpClient Gateway => _gateway ??= Client("gateway");

    public HttpClient Registry => _registry ??= Client("registry");

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The ids of every process that AppHost started, itself included, from <c>/proc</c>.</summary>
    public IReadOnlyList<int> Processes =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(int.Parse!).Where(IsOurs),
    ];

    /// <summary>The command lines of those among <see cref="Processes"/> that have the lock of the store's folder open.</summary>
    public IReadOnlyList<string> LockHolders =>
    [
        .. Processes
            .Where(id => OpenFiles.Has(id, Path.Combine(_data.FullName, "garnet", ".lock")))
            .Select(id => File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ')),
    ];

    public static async Task<AppHostProcess> StartAsync()
    {
        var host = new AppHostProcess();
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            await Eventually.HoldsAsync(
                () => host._process.HasExited ? throw new InvalidOperationException($"AppHost exited:\n{host.Output}") : host.Output.Contains("Ctrl+C stops it all", StringComparison.Ordinal),
                TimeSpan.FromSeconds(60),
                "AppHost says that everything is up");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task RegisterAsync(string name, JsonObject backend, int maxConcurrency)
    {
        using var response = await Registry.PostAsJsonAsync(new Uri("/models", UriKind.Relative), new JsonObject
        {
            ["name"] = name, ["version"] = "v1", ["backend_type"] = "mock", ["max_concurrency"] = maxConcurrency, ["backend"] = backend,
        });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Sends a signal to AppHost alone, as a terminal or an orchestrator does.</summary>
    public void Signal(PosixSignal signal)
    {
        if (SendSignal(_process.Id, signal == PosixSignal.SIGINT ? 2 : 15) != 0)
        {
            throw new InvalidOperationException("The signal did not reach AppHost.");
        }
    }

    /// <summary><c>kill -9</c> of AppHost alone.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _gateway?.Dispose();
        _registry?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        foreach (var id in Processes)
        {
            _ = SendSignal(id, 9);
        }

        _process.Dispose();
        await Eventually.HoldsAsync(() => Processes.Count == 0, TimeSpan.FromSeconds(10), "every process has gone");
        _data.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [GeneratedRegex(@"(?<name>gateway|registry) +(?<address>http://localhost:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    private HttpClient Client(string name)
    {
        var address = Address().Matches(Output).First(match => match.Groups["name"].Value == name).Groups["address"].Value;
        return new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(1) };
    }

    private bool IsOurs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Contains($"{Mark}={_mark}", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
