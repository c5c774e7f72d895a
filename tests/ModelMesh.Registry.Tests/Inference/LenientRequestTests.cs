using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class LenientRequestTests
{
    private static readonly JsonElement Value = JsonDocument.Parse("1").RootElement;

    [Theory]
    [InlineData(ChatFeatures.Extra)]
    [InlineData(ChatFeatures.ReasoningEffort)]
    [InlineData(ChatFeatures.Names)]
    [InlineData(ChatFeatures.ReasoningMessages)]
    [InlineData(ChatFeatures.ImageDetail)]
    [InlineData(ChatFeatures.MessageExtra)]
    [InlineData(ChatFeatures.StrictTools)]
    public void For_ABackendWithoutOneOfThem_LeavesOutThatOneAndChangesNothingOfTheRequestItself(ChatFeatures missing)
    {
        var request = Request();
        var before = FeaturesOf(request);

        var taken = LenientRequest.For(request, ChatFeatures.All & ~missing);

        Assert.Equal(before & ~missing, FeaturesOf(taken));
        Assert.Equal(before, FeaturesOf(request));
        Assert.Equal("r", taken.Options.RequestId);
        Assert.Equal("look", taken.Messages[0].Text);
        Assert.Equal([1, 2], taken.Messages[0].Contents.OfType<DataContent>().Single().Data.ToArray());
        Assert.Equal("http://x/y", taken.Messages[0].Contents.OfType<UriContent>().Single().Uri.ToString());
    }

    [Fact]
    public void For_AMessageOfNothingButReasoning_IsOneOfAnEmptyText()
    {
        var request = Request() with { Messages = [new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm")])] };

        Assert.Equal("", Assert.IsType<TextContent>(Assert.Single(LenientRequest.For(request, ChatFeatures.None).Messages[0].Contents)).Text);
    }

    [Fact]
    public void For_AStrictRequestOrABackendThatTakesAll_IsTheRequestItself()
    {
        var request = Request();

        Assert.Same(request, LenientRequest.For(request, ChatFeatures.All));
        var strict = request with { Lenient = false };
        Assert.Same(strict, LenientRequest.For(strict, ChatFeatures.None));
    }

    [Fact]
    public async Task Infer_ALenientRequestToABackendThatClaimsNothing_IsServedWithoutThem()
    {
        await using var registry = await WithGoodAsync();
        using var call = new InferCall(registry.Client.Infer(Wire(lenient: true)));

        await call.CompletedAsync();

        Assert.Equal("extra , effort , name , fields , parts 1", call.Text);
    }

    [Fact]
    public async Task Infer_ALenientRequestForWhatChangesTheAnswer_IsRefusedByThatAlone()
    {
        await using var registry = await WithGoodAsync();
        var request = Wire(lenient: true);
        request.Options.Temperature = 0.5;
        request.Options.Logprobs = true;
        using var call = new InferCall(registry.Client.Infer(request));

        var error = await call.FailedAsync();

        Assert.Equal(["temperature", "logprobs"], error.Details.Select(detail => detail.Field));
        Assert.Equal(0, registry.Leases.Asked);
    }

    [Theory]
    [InlineData(0, 0, true, "")]
    [InlineData(0.5, -0.5, false, "presence_penalty | frequency_penalty | parallel_tool_calls")]
    public async Task Infer_ALenientRequestThatSaysWhatHoldsAnyway_IsServedWithoutIt(double presence, double frequency, bool parallel, string refused)
    {
        await using var registry = await WithGoodAsync();
        var request = Wire(lenient: true);
        (request.Options.PresencePenalty, request.Options.FrequencyPenalty, request.ParallelToolCalls) = (presence, frequency, parallel);
        using var call = new InferCall(registry.Client.Infer(request));

        var error = await Record.ExceptionAsync(() => call.CompletedAsync());

        Assert.Equal(refused, error is null ? "" : string.Join(" | ", GrpcErrors.FromRpcException((RpcException)error)!.Details.Select(detail => detail.Field)));
    }

    [Fact]
    public void For_DefaultsThatTheBackendDoesNotTake_LeavesThemOut()
    {
        var request = Request() with { Options = new BackendCallOptions { PresencePenalty = 0, FrequencyPenalty = 0, AllowMultipleToolCalls = true } };

        Assert.Equal(ChatFeatures.None, FeaturesOf(LenientRequest.For(request, ChatFeatures.None) with { Messages = [] }));
        Assert.Same(request, LenientRequest.For(request, ChatFeatures.All));
    }

    [Fact]
    public async Task Infer_TheSameRequestWithoutLeniency_IsRefusedByEachOfThem()
    {
        await using var registry = await WithGoodAsync();
        using var call = new InferCall(registry.Client.Infer(Wire(lenient: false)));

        var error = await call.FailedAsync();

        Assert.Equal(["reasoning_effort", "extra", "messages[0].name", "messages[0].reasoning", "messages[0].mark"], error.Details.Select(detail => detail.Field));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "extra")]
    public async Task Embed_ExtraThatTheBackendDoesNotClaim_IsLeftOutOnlyOfALenientRequest(bool lenient, string? refused)
    {
        await using var registry = await TestRegistry.StartAsync(("Backends:leaky:ApiKey", "a-key"));
        registry.Folders.Drop(TestPlugin("Leaky"), "Leaky");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("leaky") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("leaky"));
        var request = new EmbeddingRequest("r", new ModelId("chat", "v1"), ["1"]) { Extra = new() { ["a"] = Value }, Lenient = lenient };

        var error = await Record.ExceptionAsync(() => registry.Embeddings.ExecuteAsync(request, CancellationToken.None));

        Assert.Equal(refused, (error as MeshException)?.Details.Single().Field);
        Assert.Null(request.OptionsFor(ChatFeatures.None).AdditionalProperties);
        Assert.Equal(("r", 1), (request.OptionsFor(ChatFeatures.Extra).RequestId, request.OptionsFor(ChatFeatures.Extra).AdditionalProperties!.Count));
    }

    private static async Task<TestRegistry> WithGoodAsync()
    {
        var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("good"));
        return registry;
    }

    private static ChatFeatures FeaturesOf(InferenceRequest request) => RequestedFeatures.Of(request).Aggregate(ChatFeatures.None, (all, asked) => all | asked.Feature);

    private static InferRequest Wire(bool lenient) => new()
    {
        Model = "chat",
        Version = "v1",
        Lenient = lenient,
        Messages = { new Contracts.V1.ChatMessage { Role = "user", Content = "given", Name = "ada", Reasoning = "hm", ExtraJson = """{"mark":1}""" } },
        Options = new SamplingOptions { ExtraJson = """{"user":"u"}""", ReasoningEffort = "low" },
    };

    private static InferenceRequest Request()
    {
        var byAddress = new UriContent("http://x/y", "image/*") { AdditionalProperties = new() { ["detail"] = "low" } };
        var message = new ChatMessage(ChatRole.User, [new TextReasoningContent("hm"), new TextContent("look"), new DataContent(new byte[] { 1, 2 }, "image/png"), byAddress])
        {
            AuthorName = "ada",
            AdditionalProperties = new() { ["mark"] = Value },
        };
        var options = new BackendCallOptions { RequestId = "r", Temperature = 1, Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low }, AdditionalProperties = new() { ["user"] = Value }, Tools = [new ToolDeclaration("f", "does", Value, strict: true)] };
        return new InferenceRequest("r", new ModelId("chat", "v1"), [message], options) { Lenient = true };
    }
}
