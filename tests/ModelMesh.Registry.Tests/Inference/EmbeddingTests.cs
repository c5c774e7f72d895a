using Grpc.Core;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task Embed_ThreeTexts_AnswersAVectorEachAndGivesTheSlotBack()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock();
        var request = Request("a", "b", "a");
        request.Dimensions = 5;
        var response = await registry.Client.EmbedAsync(request);

        Assert.Equal(("chat", "v1", "test-instance"), (response.Accepted.Model, response.Accepted.Version, response.Accepted.Instance));
        Assert.All(response.Embeddings, embedding => Assert.Equal(5, embedding.Values.Count));
        Assert.Equal(response.Embeddings[0], response.Embeddings[2]);
        Assert.NotEqual(response.Embeddings[0], response.Embeddings[1]);
        Assert.Equal(3, response.Usage.InputTokens);
        Assert.Empty(registry.Leases.Held);
    }

    [Fact]
    public async Task Embed_ABackendWithoutEmbeddings_IsAnInvalidRequestThatNamesTheModel()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("good"));
        var error = await FailAsync(registry, Request("a"));
        Assert.Equal((ErrorCode.InvalidRequest, "model"), (error.Code, Assert.Single(error.Details).Field));
        Assert.Equal(0, registry.Leases.Asked);
    }

    [Fact]
    public async Task Embed_TheBackendTakesTooLong_TimeoutAndTheSlotIsGivenBack()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"hang":true}""", timeouts: new ModelTimeouts { FirstTokenMs = 150 });
        Assert.Equal(ErrorCode.Timeout, (await FailAsync(registry, Request("a"))).Code);
        Assert.Empty(registry.Leases.Held);
    }

    [Theory]
    [InlineData("rate_limited", ErrorCode.RateLimited)]
    [InlineData("unavailable", ErrorCode.BackendUnavailable)]
    [InlineData("upstream", ErrorCode.BackendError)]
    public async Task Embed_TheBackendFails_ItsKindDecidesTheError(string kind, ErrorCode code)
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock($$"""{"fail_before_first_token":true,"error_kind":"{{kind}}"}""");
        Assert.Equal(code, (await FailAsync(registry, Request("a"))).Code);
        Assert.Empty(registry.Leases.Held);
    }

    [Fact]
    public async Task Embed_TheCallerGoes_TheBackendIsCancelledAndTheSlotIsGivenBack()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"hang":true}""");
        using var gone = new CancellationTokenSource();
        var call = registry.Client.EmbedAsync(Request("a"), cancellationToken: gone.Token).ResponseAsync;
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 1, "the call runs");
        await gone.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(() => call);
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 0, "the slot is given back");
    }

    [Theory]
    [InlineData("{}", "Healthy")]
    [InlineData("""{"fail_before_first_token":true,"error_kind":"unavailable"}""", "Unhealthy")]
    public async Task Embed_HoweverItEnds_TellsOfTheUpstreamsHealth(string backend, string state)
    {
        await using var registry = await TestRegistry.StartAsync();
        var model = registry.PutMock(backend);
        using var call = registry.Client.EmbedAsync(Request("a"));
        await Record.ExceptionAsync(() => call.ResponseAsync);

        Assert.Equal(state, registry.Runtimes.Find(model.Id)!.Health.Current.Standing.State.ToString());
    }

    [Fact]
    public async Task Embed_TheRegistryStops_AnotherMayServeItAndTheSlotIsGivenBack()
    {
        await using var registry = await TestRegistry.StartAsync(("Shutdown:Grace", "00:00:00.2"));
        registry.PutMock("""{"hang":true}""");
        var failing = FailAsync(registry, Request("a"));
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 1, "the call runs");
        await registry.StopAsync();

        var error = await failing;
        Assert.Equal((ErrorCode.BackendUnavailable, true), (error.Code, error.RetryElsewhere));
        Assert.Empty(registry.Leases.Held);
    }

    [Fact]
    public async Task Embed_VectorsThatNoMessageHolds_AreTheRequestsFault()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock();
        var request = Request([.. Enumerable.Repeat("a", 256)]);
        request.Dimensions = 65_536;

        var error = await FailAsync(registry, request);
        Assert.Equal((ErrorCode.InvalidRequest, "input"), (error.Code, Assert.Single(error.Details).Field));
    }

    [Fact]
    public async Task Embed_AllSlotsTaken_CapacityExceeded()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"hang":true}""", maxConcurrency: 1);
        using var holder = registry.Infer();
        await Eventually.HoldsAsync(() => registry.Leases.Held.Count == 1, "the only slot is taken");
        Assert.Equal(ErrorCode.CapacityExceeded, (await FailAsync(registry, Request("a"))).Code);
    }

    [Fact]
    public async Task Embed_ABadRequestOffTheWire_NamesEveryFault()
    {
        await using var registry = await TestRegistry.StartAsync();
        var error = await FailAsync(registry, new EmbedRequest { Dimensions = 0, ExtraJson = "[]" });
        Assert.Equal(["model", "version", "input", "dimensions", "extra"], error.Details.Select(detail => detail.Field));
    }

    private static async Task<MeshException> FailAsync(TestRegistry registry, EmbedRequest request)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => registry.Client.EmbedAsync(request).ResponseAsync);
        return GrpcErrors.FromRpcException(exception)!;
    }

    private static EmbedRequest Request(params string[] inputs)
    {
        var request = new EmbedRequest { RequestId = "r", Model = "chat", Version = "v1" };
        request.Inputs.AddRange(inputs);
        return request;
    }
}
