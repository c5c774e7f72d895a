using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class RequestedFeaturesTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse("{}").RootElement;

    // One row for each feature there is; the test below holds that none is missing.
    private static readonly (ChatFeatures Feature, string Field, BackendCallOptions Options)[] ByOption =
    [
        (ChatFeatures.Temperature, "temperature", new() { Temperature = 0 }),
        (ChatFeatures.TopP, "top_p", new() { TopP = 1 }),
        (ChatFeatures.TopK, "top_k", new() { TopK = 0 }),
        (ChatFeatures.MaxTokens, "max_tokens", new() { MaxOutputTokens = 1 }),
        (ChatFeatures.Seed, "seed", new() { Seed = 0 }),
        (ChatFeatures.PresencePenalty, "presence_penalty", new() { PresencePenalty = 0 }),
        (ChatFeatures.FrequencyPenalty, "frequency_penalty", new() { FrequencyPenalty = 0 }),
        (ChatFeatures.Stop, "stop", new() { StopSequences = ["x"] }),
        (ChatFeatures.Tools, "tools", new() { Tools = [new ToolDeclaration("f", "", Schema)] }),
        (ChatFeatures.ToolChoice, "tool_choice", new() { ToolMode = ChatToolMode.None }),
        (ChatFeatures.ParallelToolCalls, "parallel_tool_calls", new() { AllowMultipleToolCalls = true }),
        (ChatFeatures.JsonMode, "response_format", new() { ResponseFormat = ChatResponseFormat.Json }),
        (ChatFeatures.JsonSchema, "response_format", new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema) }),
        (ChatFeatures.LogProbabilities, "logprobs", new() { LogProbabilities = true }),
        (ChatFeatures.Choices, "n", new() { Choices = 2 }),
        (ChatFeatures.ReasoningEffort, "reasoning_effort", new() { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low } }),
        (ChatFeatures.Adapters, "model", new() { ModelId = "b" }),
        (ChatFeatures.Extra, "extra", new() { AdditionalProperties = new() { ["a"] = 1 } }),
    ];

    private static readonly (ChatFeatures Feature, string Field, ChatMessage Message)[] ByMessage =
    [
        (ChatFeatures.Names, "messages[0].name", new(ChatRole.User, "a") { AuthorName = "b" }),
        (ChatFeatures.Tools, "messages[0].role", new(ChatRole.Tool, [new FunctionResultContent("c", "1")])),
        (ChatFeatures.Tools, "messages[0].tool_calls", new(ChatRole.Assistant, [new FunctionCallContent("c", "f")])),
        (ChatFeatures.MessageExtra, "messages[0].b", new(ChatRole.User, "a") { AdditionalProperties = new() { ["b"] = Schema } }),
        (ChatFeatures.ReasoningMessages, "messages[0].reasoning", new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("a")])),
        (ChatFeatures.ImageUrls, "messages[0].content[1]", new(ChatRole.User, [new TextContent("a"), new UriContent("http://x/y", "image/*")])),
        (ChatFeatures.ImageData, "messages[0].content[0]", new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])),
    ];

    [Fact]
    public void Of_EachFeatureThereIs_IsFoundWithItsField()
    {
        foreach (var (feature, field, options) in ByOption)
        {
            Assert.Equal([(feature, field)], RequestedFeatures.Of(Request(new ChatMessage(ChatRole.User, "a"), options)));
        }

        foreach (var (feature, field, message) in ByMessage)
        {
            Assert.Equal([(feature, field)], RequestedFeatures.Of(Request(message, new BackendCallOptions())));
        }

        var detailed = new UriContent("http://x/y", "image/*") { AdditionalProperties = new() { ["detail"] = "low" } };
        Assert.Equal(
            [(ChatFeatures.ImageUrls, "messages[0].content[0]"), (ChatFeatures.ImageDetail, "messages[0].content[0].image_url.detail")],
            RequestedFeatures.Of(Request(new ChatMessage(ChatRole.User, [detailed]), new BackendCallOptions())));

        var strict = new BackendCallOptions { Tools = [new ToolDeclaration("f", "", Schema, strict: false), new ToolDeclaration("g", "", Schema, strict: true)] };
        Assert.Equal([(ChatFeatures.Tools, "tools"), (ChatFeatures.StrictTools, "tools[1].function.strict")], RequestedFeatures.Of(Request(new ChatMessage(ChatRole.User, "a"), strict)));

        var found = ByOption.Select(row => row.Feature).Concat(ByMessage.Select(row => row.Feature)).Aggregate(ChatFeatures.ImageDetail | ChatFeatures.StrictTools, (all, feature) => all | feature);
        Assert.Equal(ChatFeatures.All, found);
    }

    [Fact]
    public void Of_PlainText_AsksForNothing()
    {
        var options = new BackendCallOptions { Choices = 1, ToolMode = ChatToolMode.Auto, ResponseFormat = ChatResponseFormat.Text, AdditionalProperties = [] };
        Assert.Empty(RequestedFeatures.Of(Request(new ChatMessage(ChatRole.User, "a"), options)));
    }

    [Fact]
    public async Task Infer_ABackendThatClaimsNothing_RefusesEachFieldByNameAndTakesNoSlot()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("good"));
        var options = new BackendCallOptions { Temperature = 1, Tools = [new ToolDeclaration("f", "", Schema)] };

        var request = Request(new ChatMessage(ChatRole.User, "1,0") { AuthorName = "b" }, options);
        var error = await Assert.ThrowsAsync<MeshException>(() => registry.Executor.ExecuteAsync(request, new NoSink(), CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Equal(["temperature", "tools", "messages[0].name"], error.Details.Select(detail => detail.Field));
        Assert.All(error.Details, detail => Assert.Equal("the backend type 'good' does not take it", detail.Message));
        Assert.Equal(0, registry.Leases.Asked);
    }

    private static InferenceRequest Request(ChatMessage message, BackendCallOptions options) => new("r", new ModelId("chat", "v1"), [message], options);

    private sealed class NoSink : IInferenceSink
    {
        public Task QueuedAsync(QueuePosition position) => throw new InvalidOperationException("nothing may be answered");

        public Task AcceptedAsync(ModelVersion model) => throw new InvalidOperationException("nothing may be accepted");

        public Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost, bool mayWait) => throw new InvalidOperationException("nothing may be answered");

        public Task CompletedAsync(Completion completion) => throw new InvalidOperationException("nothing may be completed");

        public Task FlushAsync() => Task.CompletedTask;

    public void Abort()
        {
        }
    }
}
