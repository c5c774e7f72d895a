using System.Diagnostics;
using System.Text;

namespace ModelMesh.Testing.RealParts;

/// <summary>A server that others wrote, as a process on a port of its own. Disposing it ends the process and all that it started.</summary>
public sealed class PartProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new();

    private readonly Process _process;
    private readonly ProcessWatchdog _watchdog;
    private readonly StringBuilder _log = new();

    private PartProcess(string file, IEnumerable<string> arguments)
    {
        // In a group of its own, so that the watchdog ends its children, too.
        var start = new ProcessStartInfo("setsid", [file, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.Start();
        _watchdog = new ProcessWatchdog(-_process.Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts a program without waiting for it.</summary>
    internal static PartProcess Launch(string file, IEnumerable<string> arguments) => new(file, arguments);

    /// <summary>Starts a program and returns once it answers a GET with success.</summary>
    internal static async Task<PartProcess> StartAsync(string file, IEnumerable<string> arguments, Uri ready)
    {
        var process = Launch(file, arguments);
        try
        {
            await process.AnswersAsync(ready);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _watchdog.Dispose();
        _process.Dispose();
    }

    private async Task AnswersAsync(Uri ready) =>
        await Eventually.HoldsAsync(
            async () =>
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[0]} exited:\n{Log}");
                }

                try
                {
                    using var answer = await Http.GetAsync(ready);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            StartDeadline,
            $"{ready} answers");

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
