using System.Diagnostics;

namespace ModelMesh.LocalHosting.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_ServiceWithLastWords_StoreIsStillThere()
    {
        await using var mesh = new TestMesh(gateway: gateway => gateway.WithEnvironment("STANDIN_SAYS_GOODBYE", "1"));
        await mesh.StartAsync();

        await mesh.App.StopAsync();

        await Eventually.IsTrueAsync(() => mesh.Lines.Contains("gateway    | said good-bye to the store"), TimeSpan.FromSeconds(2), () => string.Join('\n', mesh.Lines));
    }

    [Fact]
    public async Task Stop_Regularly_LeavesNoProcess()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();
        var processes = mesh.ProcessIds();
        Assert.Equal(4, processes.Count);

        await mesh.App.StopAsync();

        Assert.DoesNotContain(processes, ProcessState.IsAlive);
    }

    [Fact]
    public async Task Stop_ServiceIgnoresSigterm_IsKilledWithinTenSeconds()
    {
        await using var mesh = new TestMesh(gateway: gateway => gateway.WithEnvironment("STANDIN_IGNORE_SIGTERM", "1"));
        await mesh.StartAsync();
        var processes = mesh.ProcessIds();

        var since = Stopwatch.GetTimestamp();
        await mesh.App.StopAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(processes, ProcessState.IsAlive);
    }

    [Fact]
    public async Task Stop_WhileStillStarting_LeavesNoProcess()
    {
        await using var mesh = new TestMesh(registry => registry.WithEnvironment("STANDIN_HEALTHY_AFTER_MS", "600000"));
        await mesh.App.StartAsync();
        await Eventually.IsTrueAsync(() => mesh.Lines.Contains("registry-1 | started"), TestMesh.StartTime);
        var processes = mesh.ProcessIds();
        Assert.Equal(3, processes.Count);

        await mesh.App.StopAsync();

        Assert.DoesNotContain(processes, ProcessState.IsAlive);
    }
}
