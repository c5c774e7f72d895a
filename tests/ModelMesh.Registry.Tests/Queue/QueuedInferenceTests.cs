using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>Requests that wait at two whole replicas of one mesh, over gRPC.</summary>
public sealed class QueuedInferenceTests : IAsyncLifetime
{
    private const string Endless = """{"tokens":1000000,"token_delay_ms":20}""";
    private const string Short = """{"tokens":2}""";

    private WholeRegistry _one = null!;
    private WholeRegistry _two = null!;

    public async Task InitializeAsync()
    {
        var prefix = TestReplica.NewPrefix();
        _one = await StartAsync(prefix);
        _two = await StartAsync(prefix);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Waiter_TheModelIsUpdated_IsServedByTheNewRevisionAsSoonAsItLetsMoreIn()
    {
        await PutAsync(Endless);
        using var running = _one.Infer("chat", "hi");
        await running.FirstToken;
        using var first = await QueuedAsync(_one, 1);
        using var second = await QueuedAsync(_two, 2);

        var newer = await PutAsync(Short, maxConcurrency: 3);

        await first.CompletedAsync();
        await second.CompletedAsync();
        Assert.Equal((newer.Revision, newer.Revision), (first.Accepted!.Revision, second.Accepted!.Revision));
        Assert.False(running.Ended.IsCompleted, "what ran goes on");
    }

    [Fact]
    public async Task Waiters_TheModelIsDrained_EndAtOnceAsModelNotFound()
    {
        var model = await PutAsync(Endless);
        using var running = _one.Infer("chat", "hi");
        await running.FirstToken;
        using var here = await QueuedAsync(_one, 1);
        using var there = await QueuedAsync(_two, 2);

        await _one.Services.GetRequiredService<CatalogWriter>().DrainAsync(model.Id, expectedRevision: null);

        foreach (var waiter in new[] { here, there })
        {
            var error = await waiter.FailedAsync();
            Assert.Equal((ErrorCode.ModelNotFound, "Model 'chat' version 'v1' is draining and takes no new requests."), (error.Code, error.Message));
        }

        Assert.False(running.Ended.IsCompleted, "what ran goes on");
    }

    [Fact]
    public async Task Waiter_ItsReplicaStops_IsSentToAnotherOne()
    {
        await PutAsync(Endless);
        using var running = _two.Infer("chat", "hi");
        await running.FirstToken;
        using var waiter = await QueuedAsync(_one, 1);

        _one.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var error = await waiter.FailedAsync();
        Assert.Equal((ErrorCode.BackendUnavailable, true), (error.Code, error.RetryElsewhere));
        await Eventually.HoldsAsync(async () => await WaitingAsync() == 0, TimeSpan.FromSeconds(10), "its place is free");
    }

    [Fact]
    public async Task Waiter_Goes_ItsPlaceIsFreeAndTheNextOneIsToldThatItMovedUp()
    {
        await PutAsync(Endless);
        using var running = _one.Infer("chat", "hi");
        await running.FirstToken;
        using var goes = await QueuedAsync(_one, 1);
        using var stays = await QueuedAsync(_two, 2);

        goes.Dispose();

        await Eventually.HoldsAsync(async () => await WaitingAsync() == 1, TimeSpan.FromSeconds(10), "one waits");
        await Eventually.HoldsAsync(() => stays.Positions.SequenceEqual([2, 1]), "the other is the next");
    }

    [Fact]
    public async Task Waiter_WaitsLongerThanAFirstTokenMayTake_IsServedAllTheSame()
    {
        var model = await PutAsync(Endless, timeouts: new ModelTimeouts { FirstTokenMs = 200 });
        using var running = _one.Infer("chat", "hi");
        await running.FirstToken;
        using var waiter = await QueuedAsync(_one, 1);
        var since = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.HoldsAsync(() => since.ElapsedMilliseconds > 500, "more than the first token's time-out");

        running.Dispose();

        await waiter.FirstToken.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(model.Revision, waiter.Accepted!.Revision);
    }

    [Fact]
    public async Task FullModel_ShadowRequest_IsRefusedInsteadOfQueued()
    {
        await PutAsync(Endless);
        using var running = _one.Infer("chat", "hi");
        await running.FirstToken;

        using var shadow = _one.Infer(Request(shadow: true));

        Assert.Equal(ErrorCode.CapacityExceeded, (await shadow.FailedAsync()).Code);
        Assert.Empty(shadow.Positions);
    }

    [Fact]
    public async Task Embeddings_OfAFullModel_WaitForASlot()
    {
        await PutAsync(Endless);
        using var running = _one.Infer("chat", "hi");
        await running.FirstToken;
        var embeddings = _two.Client.EmbedAsync(new EmbedRequest { RequestId = "e", Model = "chat", Version = "v1", Inputs = { "hi" } }).ResponseAsync;
        await Eventually.HoldsAsync(async () => await WaitingAsync() == 1, TimeSpan.FromSeconds(10), "they wait");
        Assert.False(embeddings.IsCompleted);

        running.Dispose();

        Assert.Single((await embeddings.WaitAsync(TimeSpan.FromSeconds(20))).Embeddings);
    }

    [Fact]
    public async Task Request_WithAPriorityThatThereIsNot_IsInvalid()
    {
        await PutAsync(Short);
        using var call = _one.Infer(Request(priority: 101));

        Assert.Equal([new ErrorDetail("priority", "must be from -100 to 100")], (await call.FailedAsync()).Details);
    }

    private static InferRequest Request(bool shadow = false, int priority = 0) => new()
    {
        RequestId = Guid.NewGuid().ToString("N"),
        Model = "chat",
        Version = "v1",
        Shadow = shadow,
        Priority = priority,
        Messages = { new ChatMessage { Role = "user", Content = "hi" } },
    };

    private static Task<WholeRegistry> StartAsync(string prefix)
    {
        var folders = new PluginFolders();
        folders.DropMock();
        return WholeRegistry.StartAsync(StoreKind.Garnet, prefix, folders);
    }

    private async Task<ModelVersion> PutAsync(string backend, int maxConcurrency = 1, ModelTimeouts? timeouts = null)
    {
        var model = TestModel.Mock(backend, maxConcurrency: maxConcurrency) with { MaxQueue = 10, Timeouts = timeouts ?? new ModelTimeouts() };
        var writer = _one.Services.GetRequiredService<CatalogWriter>();
        return _one.Services.GetRequiredService<ServiceDefaults.Catalog.ICatalog>().Current.Find(model.Id) is null
            ? await writer.RegisterAsync(model)
            : await writer.UpdateAsync(model, expectedRevision: null);
    }

    private async Task<int> WaitingAsync() =>
        JsonDocument.Parse(await _two.Http.GetStringAsync(new Uri("/models/chat/versions/v1", UriKind.Relative))).RootElement.GetProperty("queued").GetInt32();

    private static async Task<InferCall> QueuedAsync(WholeRegistry registry, int position)
    {
        var call = registry.Infer(Request());
        await Eventually.HoldsAsync(() => call.Positions.Count == 1 || call.Ended.IsCompleted, "it waits");
        Assert.Equal([position], call.Positions);
        return call;
    }
}
