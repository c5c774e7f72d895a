using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Plugins;
using ModelMesh.Registry.Tests.Replicas;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>Background requests that make room, at two whole replicas of one mesh, over gRPC.</summary>
public sealed class PreemptedInferenceTests : IAsyncLifetime
{
    private const string Endless = """{"tokens":1000000,"token_delay_ms":20}""";
    private const string Short = """{"text":"a whole answer"}""";
    private const string Silent = """{"hang":true}""";

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
    public async Task BackgroundRequest_WithoutATokenYet_MakesRoomAndHasItsWholeAnswerLater()
    {
        await PutAsync(Silent);
        using var background = _one.Infer(Request(-1));
        await Eventually.HoldsAsync(() => background.Accepted is not null, "it has a slot");

        // What comes from now on is answered at once.
        await PutAsync(Short);
        using var urgent = _two.Infer(Request(0));

        await urgent.CompletedAsync();
        await background.CompletedAsync();
        Assert.Equal(urgent.Text, background.Text);

        // Behind the urgent one while that has not asked for the slot yet, and nowhere where it has been served by then.
        Assert.All(background.Positions, position => Assert.InRange(position, 1, 2));
        Assert.Equal((1, 2), (urgent.Attempts[0], background.Attempts[0]));
    }

    [Fact]
    public async Task BackgroundRequest_WithAToken_GoesOnWhileTheUrgentOneWaits()
    {
        await PutAsync(Endless);
        using var background = _one.Infer(Request(-100));
        await background.FirstToken;

        using var urgent = _two.Infer(Request(100));
        await Eventually.HoldsAsync(() => urgent.Positions.Count == 1, "it waits");
        var before = background.Tokens.Count;
        await Eventually.HoldsAsync(() => background.Tokens.Count > before + 20, "the other goes on");
        Assert.Empty(background.Positions);
        Assert.Null(urgent.Accepted);

        background.Dispose();
        await urgent.FirstToken.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task ShadowAndNormalRequests_WithoutATokenYet_NeverMakeRoom()
    {
        await PutAsync(Silent, maxConcurrency: 2);
        using var shadow = _one.Infer(Request(-100, shadow: true));
        using var normal = _one.Infer(Request(0));
        await Eventually.HoldsAsync(() => shadow.Accepted is not null && normal.Accepted is not null, "they have slots");

        using var urgent = _two.Infer(Request(100));
        await Eventually.HoldsAsync(() => urgent.Positions.Count == 1, "it waits");

        var keys = _one.Services.GetRequiredService<ServiceDefaults.Store.StoreConnection>().Keys;
        Assert.False(await _one.Services.GetRequiredService<ServiceDefaults.Store.StoreConnection>().RunAsync(database => database.KeyExistsAsync(keys.Early(new ModelId("chat", "v1")))));
        Assert.Empty(normal.Positions);
    }

    private static InferRequest Request(int priority, bool shadow = false) => new()
    {
        RequestId = Guid.NewGuid().ToString("N"),
        Model = "chat",
        Version = "v1",
        Priority = priority,
        Shadow = shadow,
        Messages = { new ChatMessage { Role = "user", Content = "hi" } },
    };

    private static Task<WholeRegistry> StartAsync(string prefix)
    {
        var folders = new PluginFolders();
        folders.DropMock();
        return WholeRegistry.StartAsync(StoreKind.Garnet, prefix, folders);
    }

    private async Task PutAsync(string backend, int maxConcurrency = 1)
    {
        var model = TestModel.Mock(backend, maxConcurrency: maxConcurrency) with { MaxQueue = 10 };
        var writer = _one.Services.GetRequiredService<CatalogWriter>();
        _ = _one.Services.GetRequiredService<ServiceDefaults.Catalog.ICatalog>().Current.Find(model.Id) is null
            ? await writer.RegisterAsync(model)
            : await writer.UpdateAsync(model, expectedRevision: null);
    }
}
