using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting;

/// <summary>
/// One process of a resource from start to stop:
/// 1. start it and wait until it is healthy; one that ends before is a failed start;
/// 2. when it ends later: say so; start it again where the resource asks for that;
/// 3. where there are others behind the same port: keep it in rotation only while it stays healthy.
/// </summary>
internal sealed class Replica(ProcessResource resource, int index, Rotation rotation, LaunchContext context) : IDisposable
{
    private static readonly TimeSpan FirstRestartDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRestartDelay = TimeSpan.FromSeconds(5);

    private readonly string _name = ReplicaName.For(resource, index);
    private CancellationTokenSource _stopping = new();
    private ChildProcess? _process;
    private Task _running = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;

    /// <summary>Null while there is no process.</summary>
    public int? ProcessId => _process is { Exited.IsCompleted: false } process ? process.Id : null;

    /// <summary>Returns when the process is healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _stopping.Dispose();
        _stopping = new CancellationTokenSource();
        var process = _process = Launch();
        // 1.
        if (await BecomesHealthyAsync(process, cancellationToken) is { } exitCode)
        {
            await process.KillAsync();
            throw new LaunchException($"{_name} {ExitReason.Describe(exitCode)} before it was healthy; its output is above.");
        }

        // 2.
        _running = RunAsync(process);
        // 3.
        if (resource.Replicas > 1)
        {
            _watching = new ReplicaWatch(resource, index, rotation, context).RunAsync(process.Exited, _stopping.Token);
        }
    }

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync();
        if (_process is { } process)
        {
            await process.StopAsync(grace);
        }

        await _running;
        await _watching;
    }

    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private ChildProcess Launch() => ChildProcess.Start(
        new ChildCommand(
            resource.Command,
            [.. resource.CommandArgs, .. resource.Args.Select(arg => arg())],
            resource.WorkingDirectory,
            ReplicaEnvironment.For(resource, index, context.OtlpAddress)),
        context.Guard,
        line => context.Output.Write(_name, line));

    private static TimeSpan Longer(TimeSpan delay) => TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestRestartDelay.Ticks));

    /// <returns>Null when it is healthy, its exit code when it ended before.</returns>
    private async Task<int?> BecomesHealthyAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            var healthy = context.Probe.WaitAsync(resource, index, decided.Token);
            await Task.WhenAny(healthy, process.Exited);
            if (process.Exited.IsCompleted)
            {
                await decided.CancelAsync();
                return await process.Exited;
            }

            await healthy;
            return null;
        }
        catch
        {
            // A stop may have looked for the process before it was there. What is not healthy yet has nothing to say good-bye to.
            await process.KillAsync();
            throw;
        }
    }

    private async Task RunAsync(ChildProcess process)
    {
        var delay = FirstRestartDelay;
        while (true)
        {
            var exitCode = await process.Exited;
            // What it started and left behind would hold its port and its files.
            await process.KillAsync();
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            if (!resource.RestartsWhenItDies)
            {
                context.Output.WriteLine($"{_name} {ExitReason.Describe(exitCode)}. It stays down until the mesh is started again.");
                return;
            }

            context.Output.WriteLine($"{_name} {ExitReason.Describe(exitCode)}; starting it again.");
            try
            {
                await Task.Delay(delay, TimeProvider.System, _stopping.Token);
                process = _process = Launch();
                var failed = await BecomesHealthyAsync(process, _stopping.Token) is not null;
                delay = failed ? Longer(delay) : FirstRestartDelay;
            }
            catch (LaunchException fault)
            {
                // What is missing, its folder for instance, may be there the next time.
                context.Output.WriteLine(fault.Message);
                delay = Longer(delay);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
