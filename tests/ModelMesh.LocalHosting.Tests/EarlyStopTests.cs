using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting.Tests;

/// <summary>Children that are stopped before they lead a process group of their own. Their helper is made slow, or waits for ever.</summary>
public sealed class EarlyStopTests
{
    private const int Never = 600_000;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stop_RightAfterStart_EndsIt()
    {
        using var guard = new WatchdogGuard();
        var child = Start(guard, slowBy: Never);

        await child.StopAsync(Grace).WaitAsync(Patience);

        Assert.False(ProcessState.IsAlive(child.Id));
    }

    [Fact]
    public async Task Kill_RightAfterStart_EndsIt()
    {
        using var guard = new WatchdogGuard();
        var child = Start(guard, slowBy: Never);

        await child.KillAsync().WaitAsync(Patience);

        Assert.False(ProcessState.IsAlive(child.Id));
    }

    [Fact]
    public async Task Stop_HelperLosesTheSignal_ProgramIsAskedToo()
    {
        using var guard = new WatchdogGuard();
        var waiting = new TaskCompletionSource();
        var child = Start(guard, slowBy: 500, isDeaf: true, _ => waiting.TrySetResult());
        await waiting.Task.WaitAsync(Patience);

        await child.StopAsync(Grace).WaitAsync(Patience);

        Assert.Equal(128 + Posix.SigTerm, await child.Exited);
    }

    [Fact]
    public async Task Launcher_GoneRightAfterStart_LeavesNoProcess()
    {
        var guard = new WatchdogGuard();
        var child = Start(guard, slowBy: Never);
        try
        {
            // As the kernel does for a launcher that was killed.
            guard.Dispose();

            await Eventually.HoldsAsync(() => !ProcessState.IsAlive(child.Id), Patience, "the child is gone");
        }
        finally
        {
            _ = Posix.Kill(child.Id, Posix.SigKill);
        }
    }

    private static ChildProcess Start(IOrphanGuard guard, int slowBy, bool isDeaf = false, Action<string>? onLine = null)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_STARTUP_HOOKS"] = new Projects.ModelMesh_LocalHosting_StandIn().TargetPath,
            ["STANDIN_SLOW_HELPER_MS"] = $"{slowBy}",
            ["STANDIN_DEAF_HELPER"] = isDeaf ? "1" : null,
        };
        return ChildProcess.Start(new ChildCommand("sleep", ["1000"], Path.GetTempPath(), variables), guard, onLine ?? (_ => { }));
    }
}
