using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Store;

[Collection("Store")]
public sealed class StoreConnectionTests
{
    [Fact]
    public async Task Run_AnswerThatComesWithTheSessionsEnd_IsHandedToAbandoned()
    {
        await using var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int>? abandoned = null;
        var context = new HeldContext();
        var running = context.Start(() => replica.Store.RunAsync(_ => answer.Task, TimeSpan.FromMinutes(1), abandoned: sent => abandoned = sent));

        // Another command's time-out ends the session. The first one has yet to hear of it when its answer comes.
        await Assert.ThrowsAsync<MeshException>(() => replica.Store.RunAsync(_ => new TaskCompletionSource<int>().Task, TimeSpan.FromMilliseconds(1)));
        await Eventually.HoldsAsync(() => context.HoldsSomething, TimeSpan.FromSeconds(5), "the session's end is on its way");
        answer.SetResult(1);
        context.Release();

        await Assert.ThrowsAsync<MeshException>(() => running);
        Assert.Same(answer.Task, abandoned);
    }

    [Fact]
    public async Task Start_StoreThatNobodyServes_WarnsOnceWithAddressAndReasonAndNoPassword()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        var logger = new RecordedLog<StoreConnection>();
        var options = new StoreOptions { ConnectionString = $"{address},password=hunter2", ProbeInterval = TimeSpan.FromMilliseconds(10) };
        using var store = new StoreConnection(Options.Create(options), TimeProvider.System, new TestMeters(), logger);

        await store.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => logger.Lines.Any(line => line.Level == LogLevel.Warning), TimeSpan.FromSeconds(15), "the operator is warned");
        await store.StopAsync(CancellationToken.None);

        var warning = Assert.Single(logger.Lines, line => line.Level >= LogLevel.Warning).Text;
        Assert.Contains(address, warning, StringComparison.Ordinal);
        Assert.Matches("SocketFailure|UnableToConnect|refused", warning);
        Assert.DoesNotContain(logger.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_TheStoreHangs_IsNotWaitedFor()
    {
        await using var server = await StoreServer.StartAsync(StoreKind.Garnet);
        var options = new StoreOptions { ConnectionString = $"{server.ConnectionString},syncTimeout=20000" };
        using var store = new StoreConnection(Options.Create(options), TimeProvider.System, new TestMeters(), new RecordedLog<StoreConnection>());
        await store.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => store.IsConnected, "the store answers");
        server.Pause();
        var since = Stopwatch.StartNew();

        await store.StopAsync(CancellationToken.None);

        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Run_ConnectionStaysOpenButIsNeverAnsweredAgain_StoreIsBackThroughAnother()
    {
        var server = await SharedStores.GetAsync(StoreKind.Garnet);
        using var relay = new DeafRelay(server.Port);
        var options = new StoreOptions { ConnectionString = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{relay.Port}"), CommandTimeout = TimeSpan.FromMilliseconds(500) };
        var logger = new RecordedLog<StoreConnection>();
        using var store = new StoreConnection(Options.Create(options), TimeProvider.System, new TestMeters(), logger);
        await store.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => store.IsConnected, "the store answers");

        relay.DeafenConnections();
        await Assert.ThrowsAsync<MeshException>(() => store.RunAsync(database => database.StringGetAsync("key")));
        await Eventually.HoldsAsync(() => store.IsConnected, TimeSpan.FromSeconds(30), "the store answers again");

        _ = await store.RunAsync(database => database.StringGetAsync("key"));
        Assert.Contains(logger.Lines, line => line.Text.Contains("another one is made", StringComparison.Ordinal));
        await store.StopAsync(CancellationToken.None);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
