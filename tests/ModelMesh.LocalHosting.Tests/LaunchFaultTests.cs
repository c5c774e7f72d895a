using System.Net;
using System.Net.Sockets;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting.Tests;

/// <summary>Starts that go wrong: whoever waits is told, and no process is left.</summary>
public sealed class LaunchFaultTests
{
    [Fact]
    public async Task Start_SharedPortTakenInBetween_FailsWithPortAndEndpoint()
    {
        await using var mesh = new TestMesh();
        await mesh.App.StartAsync();
        // The registry waits for the store, which is a program that has yet to start.
        using var thief = new TcpListener(IPAddress.Loopback, mesh.App.GetEndpoint("registry").Port);
        thief.Start();

        var fault = await Assert.ThrowsAsync<LaunchException>(() => mesh.App.ResourceNotifications.WaitForResourceHealthyAsync("gateway").WaitAsync(TestMesh.StartTime));

        Assert.Contains($"registry cannot listen on port {mesh.App.GetEndpoint("registry").Port} (endpoint 'http')", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnyOtherFault_FailsWithResourceAndMessage()
    {
        await using var mesh = new TestMesh(registry => registry.Resource.Environment["BROKEN"] = () => throw new InvalidOperationException("no value to be had"));
        await mesh.App.StartAsync();

        var fault = await Assert.ThrowsAsync<LaunchException>(() => mesh.App.ResourceNotifications.WaitForResourceHealthyAsync("gateway").WaitAsync(TestMesh.StartTime));

        Assert.Equal("registry could not be started: no value to be had", fault.Message);
    }

    [Fact]
    public async Task Start_StoppedBefore_StartsNoProcess()
    {
        using var guard = new WatchdogGuard();
        using var probe = new HealthProbe();
        var resource = NeverHealthy();
        // Asked for by a start.
        resource.Args.Add(() => throw new InvalidOperationException("It was started."));
        using var replica = new Replica(resource, 0, new Rotation(1), Context(guard, probe));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replica.StartAsync(new CancellationToken(canceled: true)));

        Assert.Null(replica.ProcessId);
    }

    [Fact]
    public async Task Start_StoppedWhileItBecomesHealthy_LeavesNoProcess()
    {
        using var guard = new WatchdogGuard();
        using var probe = new HealthProbe();
        using var replica = new Replica(NeverHealthy(), 0, new Rotation(1), Context(guard, probe));
        using var stopping = new CancellationTokenSource();
        var starting = replica.StartAsync(stopping.Token);
        var process = replica.ProcessId!.Value;

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.False(ProcessState.IsAlive(process));
    }

    private static LaunchContext Context(IOrphanGuard guard, HealthProbe probe) => new(new LaunchOutput(TextWriter.Null, inColour: false), guard, probe, OtlpAddress: null);

    private static ExecutableResource NeverHealthy()
    {
        var resource = new ExecutableResource("sleeper", "sleep", Path.GetTempPath(), ["1000"]);
        resource.Endpoints.Add(new Endpoint("tcp", "tcp", RequestedPort: null, PortVariable: null));
        resource.Endpoints[0].Allocate(replicas: 1);
        return resource;
    }
}
