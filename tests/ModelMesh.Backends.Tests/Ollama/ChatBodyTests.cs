using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using Xunit;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class ChatBodyTests
{
    private const string Done = """{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":1}""" + "\n";

    [Fact]
    public async Task Body_OfARequestWithItsOwnFields_HoldsThemInOllamasTerms()
    {
        var body = await BodyAsync("""{"options":{"num_ctx":8192,"top_k":9},"keep_alive":"10m","think":true}""", new()
        {
            Temperature = 0.5f,
            TopK = 40,
            MaxOutputTokens = 7,
            Seed = 3,
            StopSequences = ["END"],
            LogProbabilities = true,
            TopLogProbabilities = 2,
            ResponseFormat = ChatResponseFormat.Json,
        });

        AssertJson(
            """
            {"model":"m","stream":true,"messages":[{"role":"user","content":"hello"}],
             "options":{"temperature":0.5,"top_k":40,"num_predict":7,"seed":3,"stop":["END"],"num_ctx":8192},
             "format":"json","logprobs":true,"top_logprobs":2,"think":true,"keep_alive":"10m"}
            """,
            body);
    }

    [Fact]
    public async Task Extra_OfTheCaller_WinsOverTheModelsAndBothOverTheRequest()
    {
        var body = await BodyAsync("""{"extra":{"a":1,"b":1,"options":{"top_k":1,"min_p":0.1}},"options":{"mirostat":1,"min_p":0.9}}""", new()
        {
            TopK = 40,
            Temperature = 0.25f,
            AdditionalProperties = new() { ["b"] = Json("2"), ["options"] = Json("""{"top_k":2}""") },
        });

        AssertJson(
            """
            {"model":"m","stream":true,"messages":[{"role":"user","content":"hello"}],
             "options":{"top_k":2,"min_p":0.1,"temperature":0.25,"mirostat":1},"b":2,"a":1}
            """,
            body);
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "false")]
    [InlineData(ReasoningEffort.Low, "\"low\"")]
    [InlineData(ReasoningEffort.Medium, "\"medium\"")]
    [InlineData(ReasoningEffort.High, "\"high\"")]
    public async Task ReasoningEffort_Given_WinsOverTheSettingThink(ReasoningEffort effort, string think)
    {
        var body = await BodyAsync("""{"think":true}""", new() { Reasoning = new ReasoningOptions { Effort = effort } });

        Assert.Equal(think, body["think"]!.ToJsonString());
    }

    [Fact]
    public async Task ReasoningEffort_ThatOllamaLacks_IsRefusedNamingTheField() =>
        Assert.Equal("reasoning_effort", await RefusedFieldAsync(new() { Reasoning = new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh } }));

    [Theory]
    [InlineData("model", "\"other\"", "extra.model")]
    [InlineData("messages", "[]", "extra.messages")]
    [InlineData("stream", "false", "extra.stream")]
    [InlineData("options", "[1]", "extra.options")]
    public async Task Extra_ThatTheMeshSetsOrThatIsNoObject_IsRefusedNamingTheField(string name, string value, string field) =>
        Assert.Equal(field, await RefusedFieldAsync(new() { AdditionalProperties = new() { [name] = Json(value) } }));

    [Fact]
    public async Task ToolResult_OfAnEarlierCall_NamesItsTool()
    {
        var body = await BodyAsync("{}", new(), [
            new(ChatRole.User, "Weather?"),
            new(ChatRole.Assistant, [ToolArguments.ToCall("a", "first", """{"n":1.50}"""), ToolArguments.ToCall("b", "second", "")]),
            new(ChatRole.Tool, [new FunctionResultContent("b", "two")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "one")]),
        ]);

        AssertJson(
            """
            [{"role":"user","content":"Weather?"},
             {"role":"assistant","content":"","tool_calls":[{"id":"a","function":{"name":"first","arguments":{"n":1.50}}},{"id":"b","function":{"name":"second","arguments":{}}}]},
             {"role":"tool","content":"two","tool_name":"second","tool_call_id":"b"},
             {"role":"tool","content":"one","tool_name":"first","tool_call_id":"a"}]
            """,
            body["messages"]!);
    }

    [Fact]
    public async Task ToolResult_OfNoCall_IsRefusedNamingTheField() =>
        Assert.Equal("messages[1].tool_call_id", await RefusedFieldAsync(new(), new(ChatRole.User, "x"), new(ChatRole.Tool, [new FunctionResultContent("gone", "y")])));

    [Theory]
    [InlineData("{broken")]
    [InlineData("[1]")]
    public async Task ToolCall_WhoseArgumentsAreNoObject_IsRefusedNamingTheField(string arguments) =>
        Assert.Equal(
            "messages[0].tool_calls[0].function.arguments",
            await RefusedFieldAsync(new(), new ChatMessage(ChatRole.Assistant, [ToolArguments.ToCall("a", "f", arguments)])));

    [Fact]
    public async Task Message_WithImagesAndReasoning_HoldsThemBesideTheText()
    {
        var body = await BodyAsync("{}", new(), [
            new(ChatRole.User, [new TextContent("What is "), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new TextContent("this?")]),
            new(ChatRole.Assistant, [new TextReasoningContent("Hm."), new TextContent("A cat.")]),
        ]);

        AssertJson(
            """[{"role":"user","content":"What is this?","images":["AQID"]},{"role":"assistant","content":"A cat.","thinking":"Hm."}]""",
            body["messages"]!);
    }

    [Fact]
    public async Task Data_ThatIsNoImage_IsRefusedNamingTheField() =>
        Assert.Equal("messages[0].content", await RefusedFieldAsync(new(), new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])));

    private static async Task<JsonObject> BodyAsync(string settings, BackendCallOptions options, params ChatMessage[] messages)
    {
        await using var bench = new PluginBench(new OllamaFactory(), settings).On("/api/chat", "application/x-ndjson", Done);
        await bench.ChatAsync(options, messages);
        return Assert.Single(bench.Bodies("/api/chat"));
    }

    private static async Task<string?> RefusedFieldAsync(BackendCallOptions options, params ChatMessage[] messages)
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", "application/x-ndjson", Done);
        var failure = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync(options, messages));
        Assert.Equal(BackendErrorKind.InvalidRequest, failure.Kind);
        Assert.Empty(bench.Upstream.Requests);
        return failure.Field;
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {JsonNode.Parse(expected)!.ToJsonString()}\nbut was  {actual.ToJsonString()}");

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
