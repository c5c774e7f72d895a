using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.OpenAI;

public sealed class OpenAIRequestTests
{
    private const string Path = "/chat/completions";
    private const string Answer = """{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""";

    private static readonly string[] Replaced = ["temperature", "top_p", "n", "stop", "response_format", "stream_options"];
    private static readonly string[] Headers = ["OpenAI-Organization", "OpenAI-Project", "x-request-id", "Authorization"];

    [Theory]
    [InlineData("max_tokens", "max_completion_tokens")]
    [InlineData("max_completion_tokens", "max_tokens")]
    public async Task MaxTokens_AreSentInTheFieldOfTheSettings(string field, string other)
    {
        var body = await SentAsync($$"""{"max_tokens_field":"{{field}}"}""", new() { MaxOutputTokens = 17 });

        Assert.Equal(17, (int?)body[field]);
        Assert.False(body.ContainsKey(other));
    }

    [Fact]
    public async Task Name_OfAToolsMessage_IsSent()
    {
        await using var bench = new PluginBench(new OpenAIFactory()).On(Path, Answer);

        await bench.ChatAsync(null, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "12")]) { AuthorName = "get_weather" });

        var message = Assert.Single(bench.Bodies(Path)).AsObject()["messages"]![0]!;
        Assert.Equal(("tool", "get_weather", "c1"), ((string?)message["role"], (string?)message["name"], (string?)message["tool_call_id"]));
    }

    [Fact]
    public async Task RequestId_ThatNoHeaderMayCarry_IsNotSentAndHarmsNothing()
    {
        await using var bench = new PluginBench(new OpenAIFactory()).On(Path, Answer);

        Assert.Equal("ok", (await bench.ChatAsync(new() { RequestId = "é" })).Text);

        Assert.Null(Assert.Single(bench.Upstream.Requests).Header("x-request-id"));
    }

    [Fact]
    public async Task Request_LostBeforeItsAnswer_IsSentOnceMoreWhole()
    {
        var requests = 0;
        await using var bench = new PluginBench(new OpenAIFactory()).On(Path, exchange =>
        {
            if (++requests == 1)
            {
                exchange.Connection.Close();
                return Task.CompletedTask;
            }

            return exchange.AnswerAsync(200, Answer);
        });

        var prompt = new string('x', 200_000);
        Assert.Equal("ok", (await bench.ChatAsync(null, new ChatMessage(ChatRole.User, prompt))).Text);

        Assert.Equal([prompt, prompt], bench.Bodies(Path).Select(body => (string?)body["messages"]![0]!["content"]));
    }

    [Theory]
    [InlineData("a]b")]
    [InlineData("]")]
    [InlineData("a[0]")]
    [InlineData("'quoted'")]
    [InlineData("$root")]
    [InlineData("a.b c")]
    [InlineData("")]
    public async Task Extra_WithANameThatIsSpecialInAJsonPath_IsSentUnderThatName(string name)
    {
        var body = await SentAsync("{}", new() { AdditionalProperties = new() { [name] = Json("""{"deep":[1,null]}""") } });

        Assert.Equal("""{"deep":[1,null]}""", body[name]!.ToJsonString());
    }

    [Fact]
    public async Task Extra_OfTheCaller_WinsOverTheModelsAndBothOverTheRequest()
    {
        var options = new BackendCallOptions
        {
            Temperature = 0.5f,
            TopP = 0.5f,
            Choices = 2,
            StopSequences = ["x"],
            ResponseFormat = ChatResponseFormat.Json,
            AdditionalProperties = new() { ["temperature"] = Json("0.1"), ["response_format"] = Json("""{"type":"grammar"}"""), ["stop"] = Json("null") },
        };

        var body = await SentAsync("""{"extra":{"temperature":0.9,"top_p":0.2,"stream_options":{"include_usage":true,"more":1}}}""", options);

        Assert.Equal(
            """{"temperature":0.1,"top_p":0.2,"n":2,"stop":null,"response_format":{"type":"grammar"},"stream_options":{"include_usage":true,"more":1}}""",
            new JsonObject(Replaced.Select(name => KeyValuePair.Create(name, body[name]?.DeepClone()))).ToJsonString());
    }

    [Fact]
    public async Task Headers_NameOrganizationProjectAndRequest()
    {
        await using var bench = Bench("""{"organization":"org-1","project":"proj_2"}""");

        await bench.ChatAsync(new() { RequestId = "req-3" });

        var request = Assert.Single(bench.Upstream.Requests);
        Assert.Equal(["org-1", "proj_2", "req-3", null], Headers.Select(request.Header));
    }

    [Fact]
    public async Task Endpoint_WithAQuery_KeepsIt()
    {
        await using var other = ScriptedUpstream.Answering(exchange => exchange.AnswerAsync(200, Answer));
        await using var bench = new PluginBench(new OpenAIFactory(), $$"""{"endpoint":"{{other.Address}}openai/v1?api-version=preview"}""");

        await bench.ChatAsync();

        Assert.Equal("/openai/v1/chat/completions?api-version=preview", Assert.Single(other.Requests).Target);
    }

    [Fact]
    public async Task Image_ByASignedAddress_IsSentAsItWasWritten()
    {
        const string Signed = "https://images.invalid/a%7Eb/c?sig=%2Fx%3d&e=%20";

        var body = await SentAsync("{}", null, new ChatMessage(ChatRole.User, [new TextContent("see"), new UriContent(Signed, "image/png")]));

        Assert.Equal(Signed, (string?)body["messages"]![0]!["content"]![1]!["image_url"]!["url"]);
    }

    [Fact]
    public async Task Messages_OfALongConversation_AreSentWithAllTheyHold()
    {
        var body = await SentAsync(
            "{}",
            null,
            new(new ChatRole("developer"), "be brief"),
            new(ChatRole.User, "go"),
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("calling"), ToolArguments.ToCall("c1", "f", "{not json"), ToolArguments.ToCall("c2", "g", "{}")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "one"), new FunctionResultContent("c2", "two")]),
            new(ChatRole.Assistant, [ToolArguments.ToCall("c3", "f", "")]),
            new(ChatRole.User, []));

        Assert.Equal(
            """
            [{"role":"developer","content":"be brief"},{"role":"user","content":"go"},
            {"role":"assistant","content":"calling","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{not json"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}],"reasoning_content":"hm"},
            {"role":"tool","tool_call_id":"c1","content":"one"},{"role":"tool","tool_call_id":"c2","content":"two"},
            {"role":"assistant","tool_calls":[{"id":"c3","type":"function","function":{"name":"f","arguments":""}}]},
            {"role":"user","content":""}]
            """.Replace("\n", "", StringComparison.Ordinal),
            body["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task Role_ThatOpenAIDoesNotKnow_IsRefusedByName()
    {
        await using var bench = Bench("{}");

        var failure = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync(null, new(ChatRole.User, "hi"), new(new ChatRole("critic"), "no")));

        Assert.Equal((BackendErrorKind.InvalidRequest, "messages[1].role"), (failure.Kind, failure.Field));
        Assert.Empty(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Failure_ThatTheSdkWouldRetry_IsTriedOnce()
    {
        await using var bench = Bench("{}").On(Path, """{"error":{"message":"busy"}}""", status: 503);

        await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync());

        Assert.Single(bench.Upstream.Requests);
    }

    private static PluginBench Bench(string settings) => new PluginBench(new OpenAIFactory(), settings).On(Path, Answer);

    private static async Task<JsonObject> SentAsync(string settings, BackendCallOptions? options, params ChatMessage[] messages)
    {
        await using var bench = Bench(settings);
        Assert.Equal("ok", (await bench.ChatAsync(options, messages)).Text);
        return Assert.Single(bench.Bodies(Path));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
