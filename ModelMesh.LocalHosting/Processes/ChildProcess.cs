using System.ComponentModel;
using System.Diagnostics;

namespace ModelMesh.LocalHosting.Processes;

/// <summary>One started program with everything it starts itself: its lines, its end, and how to end it.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly IOrphanGuard _guard;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isGone;

    private ChildProcess(Process process, IOrphanGuard guard)
    {
        _process = process;
        _guard = guard;
        // Before it is started: one that ends at once would tell nobody.
        process.Exited += (_, _) => _exited.TrySetResult(process.ExitCode);
    }

    public int Id => _process.Id;

    /// <summary>The exit code; above 128 on Unix it is 128 + the signal that ended it.</summary>
    public Task<int> Exited => _exited.Task;

    public static ChildProcess Start(ChildCommand command, IOrphanGuard guard, Action<string> onLine)
    {
        var (program, arguments) = OperatingSystem.IsWindows()
            ? (command.Program, command.Arguments)
            : HelperProgram.CommandLine([HelperProgram.ExecCommand, command.Program, .. command.Arguments]);
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process, guard);
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            throw new LaunchException($"{command.Program} could not be started: {fault.Message}");
        }

        guard.Watch(process);
        process.StandardInput.Close();
        _ = ReadLinesAsync(process.StandardOutput, onLine);
        _ = ReadLinesAsync(process.StandardError, onLine);
        return child;
    }

    /// <summary>Asks the program to end and waits; after <paramref name="grace"/> it, and what is left of its own children, is killed.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (!OperatingSystem.IsWindows() && !Exited.IsCompleted)
        {
            var request = new StopRequest(Id);
            var since = Stopwatch.GetTimestamp();
            while (!request.Repeat() && Stopwatch.GetElapsedTime(since) < grace)
            {
                await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
            }
        }

        await KillAsync();
    }

    /// <summary>Ends the program and everything it started, at once. To be called once it has exited, too: what it started may be left.</summary>
    public async Task KillAsync()
    {
        if (_isGone)
        {
            // Nothing is left, so the id of the group may be another's by now.
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            if (Exited.IsCompleted)
            {
                // Its id may be another's by now; that of a group is not given away while it has members.
                ProcessGroup.Signal(Id, Posix.SigKill);
            }
            else
            {
                ProcessGroup.SignalOrFounder(Id, Posix.SigKill);
            }
        }
        else if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await Exited;
        _guard.Forget(_process);
        _isGone = true;
    }

    private static async Task ReadLinesAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                onLine(line);
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
    }
}

internal sealed record ChildCommand(string Program, string[] Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string?> Environment);
