using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class AdapterTests
{
    [Theory]
    [InlineData("poet", "[poet] hello")]
    [InlineData("", "hello")]
    public async Task Infer_AnAdapterOfTheModel_AnswersInItsPlace(string adapter, string answer)
    {
        await using var registry = await TestRegistry.StartAsync();
        Put(registry, "mock", "poet");
        using var call = Infer(registry, adapter);

        await call.CompletedAsync();

        Assert.Equal(answer, call.Text);
    }

    [Theory]
    [InlineData("Poet")]
    [InlineData("poets")]
    public async Task Infer_AnAdapterThatTheModelHasNot_IsNotFoundByItsNameAndTakesNoSlot(string adapter)
    {
        await using var registry = await TestRegistry.StartAsync();
        Put(registry, "mock", "poet");
        using var call = Infer(registry, adapter);

        var error = await call.FailedAsync();

        Assert.Equal((ErrorCode.ModelNotFound, $"Model 'chat' version 'v1' has no adapter '{adapter}'."), (error.Code, error.Message));
        Assert.Equal(0, registry.Leases.Asked);
    }

    [Fact]
    public async Task Infer_AnAdapterOnABackendThatTakesNone_IsRefusedAtTheModelAndTakesNoSlot()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
        Put(registry, "good", "poet");
        using var call = Infer(registry, "poet");

        var error = await call.FailedAsync();

        Assert.Equal(new ErrorDetail("model", "names an adapter, and the backend type 'good' takes none"), Assert.Single(error.Details));
        Assert.Equal(0, registry.Leases.Asked);
    }

    [Fact]
    public async Task Infer_AnAdapterThatTheUpstreamHasNot_SaysNothingOfTheModelsHealth()
    {
        await using var registry = await TestRegistry.StartAsync();
        var model = registry.Put(TestModel.Mock("""{"fail_before_first_token":true,"error_kind":"not_found"}""") with { Adapters = ["poet"] });
        using var ofAdapter = Infer(registry, "poet");
        await ofAdapter.FailedAsync();
        Assert.Equal("Unknown", registry.Runtimes.Find(model.Id)!.Health.Current.Standing.State.ToString());

        using var ofModel = Infer(registry, "");
        await ofModel.FailedAsync();
        Assert.Equal("Unhealthy", registry.Runtimes.Find(model.Id)!.Health.Current.Standing.State.ToString());
    }

    [Fact]
    public async Task Embed_AnAdapterOfTheModel_MakesVectorsOfItsOwn()
    {
        await using var registry = await TestRegistry.StartAsync();
        Put(registry, "mock", "poet");

        var own = await registry.Client.EmbedAsync(Embed("poet"));
        var models = await registry.Client.EmbedAsync(Embed(""));

        Assert.NotEqual(models.Embeddings, own.Embeddings);
    }

    [Fact]
    public async Task Embed_AnAdapterThatTheModelHasNot_IsNotFoundAndTakesNoSlot()
    {
        await using var registry = await TestRegistry.StartAsync();
        Put(registry, "mock", "poet");

        var exception = await Assert.ThrowsAsync<RpcException>(() => registry.Client.EmbedAsync(Embed("bard")).ResponseAsync);

        Assert.Equal(ErrorCode.ModelNotFound, GrpcErrors.FromRpcException(exception)!.Code);
        Assert.Equal(0, registry.Leases.Asked);
    }

    [Fact]
    public async Task Embed_AnAdapterOnABackendThatTakesNone_IsRefusedAtTheModel()
    {
        await using var registry = await TestRegistry.StartAsync(("Backends:leaky:ApiKey", "a-key"));
        registry.Folders.Drop(TestPlugin("Leaky"), "Leaky");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("leaky") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("leaky") with { Adapters = ["poet"] });

        var exception = await Assert.ThrowsAsync<RpcException>(() => registry.Client.EmbedAsync(Embed("poet")).ResponseAsync);

        Assert.Equal("model", Assert.Single(GrpcErrors.FromRpcException(exception)!.Details).Field);
        Assert.Equal(0, registry.Leases.Asked);
    }

    private static void Put(TestRegistry registry, string type, params string[] adapters) =>
        registry.Put(TestModel.Of(type, type == "mock" ? """{"tell_adapter":true}""" : "{}") with { Adapters = adapters });

    private static InferCall Infer(TestRegistry registry, string adapter) => new(registry.Client.Infer(new InferRequest
    {
        Model = "chat", Version = "v1", Adapter = adapter, Messages = { new ChatMessage { Role = "user", Content = "hello" } },
    }));

    private static EmbedRequest Embed(string adapter) => new() { Model = "chat", Version = "v1", Adapter = adapter, Inputs = { "hello" } };
}
