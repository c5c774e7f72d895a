using System.Diagnostics;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Shutdown;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Instances;

public sealed class InstanceTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(700);

    [Theory, OnGarnet, OnRedis]
    public async Task Instances_ThatJoinChangeAndLeave_AreSeenAtOnce(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var watcher = await TestReplica.StartAsync(server, prefix);
        var directory = watcher.Get<IInstanceDirectory>();
        await Eventually.HoldsAsync(() => directory.Current.Count == 1, TimeSpan.FromSeconds(3), "the watcher knows itself");

        var other = await TestReplica.StartAsync(server, prefix);
        var id = other.Get<IInstanceIdentity>().Id;
        await Eventually.HoldsAsync(() => Find(directory, id) is not null, AtOnce, "the other has joined");
        other.Plugins.Announced = [new InstancePlugin("mock", "2.0.0", "failed")];
        await Eventually.HoldsAsync(() => Find(directory, id) is { Plugins: [{ Version: "2.0.0", State: "failed" }] }, AtOnce, "its plugin has changed");

        other.Get<StopNotice>().Give();
        await Eventually.HoldsAsync(() => Find(directory, id) is { Stopping: true }, AtOnce, "it is asked to stop, and others know before it does");
        await other.DisposeAsync();
        await Eventually.HoldsAsync(() => Find(directory, id) is null, AtOnce, "it has left");
        Assert.Single(directory.Current);
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Instance_ThatDiedWithoutAWord_IsGoneAfterItsTtl(StoreKind kind)
    {
        var (server, prefix) = (await SharedStores.GetAsync(kind), TestReplica.NewPrefix());
        await using var watcher = await TestReplica.StartAsync(server, prefix, ("Instances:Ttl", "00:00:01"));
        var directory = watcher.Get<IInstanceDirectory>();
        await Eventually.HoldsAsync(() => directory.Current.Count == 1, TimeSpan.FromSeconds(3), "the watcher knows itself");
        await watcher.Get<InstanceAnnouncement>().WriteAsync(
            new InstanceInfo("dead", "http://127.0.0.1:1", "http://127.0.0.1:2", [], DateTimeOffset.UnixEpoch), TimeSpan.FromSeconds(3), tellOthers: true);
        await Eventually.HoldsAsync(() => Find(directory, "dead") is not null, AtOnce, "it is seen");

        await Eventually.HoldsAsync(() => Find(directory, "dead") is null, TimeSpan.FromSeconds(8), "it is gone");

        await Eventually.HoldsAsync(
            async () => await watcher.Store.RunAsync(database => database.SetLengthAsync(watcher.Store.Keys.Instances)) == 1, TimeSpan.FromSeconds(2), "its id is cleared away");
    }

    [Fact]
    public async Task Stop_WithAnEventStreamOpen_EndsItAndIsQuick()
    {
        var replica = await TestReplica.StartAsync(await SharedStores.GetAsync(StoreKind.Garnet), TestReplica.NewPrefix());
        using var client = new HttpClient { BaseAddress = replica.Http.BaseAddress };
        using var response = await client.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var since = Stopwatch.StartNew();

        var stopped = replica.DisposeAsync();
        using var text = new StreamReader(stream);
        await text.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(2));
        await stopped;

        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private static InstanceInfo? Find(IInstanceDirectory directory, string id) =>
        directory.Current.FirstOrDefault(instance => string.Equals(instance.Id, id, StringComparison.Ordinal));
}
