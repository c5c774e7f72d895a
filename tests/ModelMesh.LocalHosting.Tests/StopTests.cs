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

        await Eventually.HoldsAsync(() => mesh.Lines.Contains("gateway    | said good-bye to the store"), TimeSpan.FromSeconds(2), "the gateway said good-bye to the store");
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
        await Eventually.HoldsAsync(() => mesh.Lines.Contains("registry-1 | started"), TestMesh.StartTime, "the second replica is started");
        var processes = mesh.ProcessIds();
        Assert.Equal(3, processes.Count);

        await mesh.App.StopAsync();

        Assert.DoesNotContain(processes, ProcessState.IsAlive);
    }

    [Fact]
    public async Task Stop_StoreTakesItsTime_TelemetryIsStoppedMeanwhile()
    {
        var output = new RecordingWriter();
        var builder = new DistributedApplicationBuilder(["--Dashboard:Enabled=false"], AppContext.BaseDirectory) { Output = new LaunchOutput(output, inColour: false) };
        builder.AddExecutable("store", "sh", ".", "-c", "trap '' TERM; echo deaf; sleep 1000");
        await using var app = builder.BuildApplication();
        await app.StartAsync();
        await Eventually.HoldsAsync(() => output.Lines.Contains("store      | deaf"), TestMesh.StartTime, "the store is deaf");
        IReadOnlyList<int> storesAtDashboardsStop = [];

        await StopSequence.RunAsync([app.Runner("store")], () =>
        {
            storesAtDashboardsStop = app.GetProcessIds("store");
            return Task.CompletedTask;
        });

        Assert.Single(storesAtDashboardsStop);
        Assert.Empty(app.GetProcessIds("store"));
    }
}
