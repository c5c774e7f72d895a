using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.Testing.Store;
using StackExchange.Redis;

namespace ModelMesh.Gateway.Tests.Models;

public sealed class FigureFollowerTests : IAsyncDisposable
{
    private const string Ready = """{"revision":1,"status":"ready","active":2}""";
    private static readonly ModelId Chat = new("chat", "v1");

    private readonly FakeDirectory _directory = new();
    private WebApplication? _app;

    private StoreConnection Store => _app!.Services.GetRequiredService<StoreConnection>();

    private MeshFigures Current => _app!.Services.GetRequiredService<IMeshFigures>().Current;

    [Theory, OnGarnet, OnRedis]
    public async Task Figures_OfTheLiveInstances_AreFollowedAndGoWithThem(StoreKind kind)
    {
        await StartAsync(await SharedStores.GetAsync(kind));
        await WriteAsync("one", ("sequence", "1"), ("chat@v1", Ready));
        await WriteAsync("two", ("sequence", "1"), ("chat@v1", Ready));
        await WriteAsync("dead", ("sequence", "1"), ("chat@v1", Ready));
        _directory.Set(Instance("one"), Instance("two"));
        await EventuallyAsync(active: 4);

        await WriteAsync("two", ("sequence", "2"), ("chat@v1", Ready.Replace("2", "5", StringComparison.Ordinal)));
        await EventuallyAsync(active: 7);
        _directory.Set(Instance("two"));
        await EventuallyAsync(active: 5);
    }

    [Fact]
    public async Task Figures_ThatHaveNotChanged_AreTheSameObject()
    {
        await StartAsync(await SharedStores.GetAsync(StoreKind.Garnet));
        await WriteAsync("one", ("sequence", "1"), ("chat@v1", Ready));
        _directory.Set(Instance("one"));
        await EventuallyAsync(active: 2);
        var before = Current;

        // What has no new sequence is not read, so this shows that some passes went by.
        await WriteAsync("one", ("sequence", "1"), ("chat@v1", "{}"));
        await WriteAsync("two", ("sequence", "1"), ("chat@v1", Ready));
        Assert.Same(before, Current);
        _directory.Set(Instance("one"), Instance("two"));
        await EventuallyAsync(active: 4);
    }

    [Fact]
    public async Task Figures_ThatAreMalformedOrOfANewerFormat_AreLeftOutAndTakeNothingWithThem()
    {
        await StartAsync(await SharedStores.GetAsync(StoreKind.Garnet));
        await WriteAsync("newer", ("format", "2"), ("sequence", "1"), ("chat@v1", Ready));
        await WriteAsync("odd", ("format", "x"), ("sequence", "1"), ("chat@v1", Ready));
        await WriteAsync("broken", ("sequence", "1"), ("other@v1", "{"), ("third@v1", """{"status":null,"revision":1}"""), ("no id", Ready), ("chat@v1", Ready));
        _directory.Set(Instance("newer"), Instance("odd"), Instance("broken"));

        await EventuallyAsync(active: 2);
        Assert.Equal(["broken"], Current.Instances.Select(instance => instance.Instance));
        Assert.Equal([Chat], Current.Instances[0].Models.Keys);
    }

    [Fact]
    public async Task Figures_WhileTheStoreIsAway_StayAndSaySoAndAreFreshAgainAfterwards()
    {
        await using var server = await StoreServer.StartAsync(StoreKind.Garnet);
        await StartAsync(server);
        await WriteAsync("one", ("sequence", "1"), ("chat@v1", Ready));
        _directory.Set(Instance("one"));
        await EventuallyAsync(active: 2);
        Assert.Null(Current.StaleSince);

        await server.StopAsync();
        await Eventually.HoldsAsync(() => Current.StaleSince is not null, "they are stale");
        Assert.Equal(2, Active());

        await server.StartAsync();
        await Eventually.HoldsAsync(() => Store.IsConnected, TimeSpan.FromSeconds(20), "the store is back");
        await Eventually.HoldsAsync(() => Current.StaleSince is null, "they are fresh");
        Assert.Equal(2, Active());
    }

    [Fact]
    public void Keep_OfALiveInstanceWithoutFigures_IsOnlyWhileTheStoreIsJustBack()
    {
        var known = new InstanceFigures("one", "1", new Dictionary<ModelId, Contracts.Figures.ModelFigures>());
        Assert.Equal([known], FigureKeep.Next([known], [], ["one"], storeIsFresh: true));
        Assert.Empty(FigureKeep.Next([known], [], ["one"], storeIsFresh: false));
        Assert.Empty(FigureKeep.Next([known], [], [], storeIsFresh: true));
        Assert.Equal([known with { Sequence = "2" }], FigureKeep.Next([known], [known with { Sequence = "2" }], ["one"], storeIsFresh: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    private static InstanceInfo Instance(string id) => new(id, "", "", [], DateTimeOffset.UnixEpoch);

    private int Active() => Current.OfModel(Chat).Sum(figures => figures.Active);

    private Task<TimeSpan> EventuallyAsync(int active) => Eventually.HoldsAsync(() => Active() == active, $"{active} are active");

    private async Task WriteAsync(string instance, params (string Name, string Value)[] fields)
    {
        HashEntry[] entries = [new("format", "1"), .. fields.Select(field => new HashEntry(field.Name, field.Value))];
        await Store.RunAsync(async database =>
        {
            await database.HashSetAsync(Store.Keys.InstanceModels(instance), entries);
            return true;
        });
    }

    private async Task StartAsync(StoreServer server)
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:redis"] = server.ConnectionString;
        builder.Configuration["Store:KeyPrefix"] = $"test-{Guid.NewGuid():N}";
        builder.Configuration["Figures:ReadInterval"] = "00:00:00.1";
        builder.AddStore();
        builder.Services.AddSingleton<IInstanceDirectory>(_directory);
        builder.AddMeshFigures();
        _app = builder.Build();
        await _app.StartAsync();
        await Eventually.HoldsAsync(() => Store.IsConnected, TimeSpan.FromSeconds(20), "the store is connected");
    }
}
