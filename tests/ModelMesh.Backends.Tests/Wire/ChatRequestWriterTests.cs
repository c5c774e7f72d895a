using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class ChatRequestWriterTests
{
    private const string Head = """{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true}""";

    private static readonly ChatMessage[] Hi = [new(ChatRole.User, "hi")];

    [Fact]
    public void Request_WithoutOptions_HoldsModelMessagesAndStreamOnly() => Assert.Equal(Head + "}", Written.Request(Hi));

    [Fact]
    public void Request_WithEverySamplingField_HoldsEachAsItWasGiven() => Assert.Equal(
        Head + """
        ,"temperature":0.7,"top_p":0.9,"top_k":40,"max_tokens":5,"seed":9007199254740993,"presence_penalty":-0.5,"frequency_penalty":0.25,"stop":["a","\n"],"reasoning_effort":"xhigh","n":2,"logprobs":true,"top_logprobs":0}
        """,
        Written.Request(Hi, new BackendCallOptions
        {
            Temperature = 0.7f,
            TopP = 0.9f,
            TopK = 40,
            MaxOutputTokens = 5,
            Seed = 9007199254740993,
            PresencePenalty = -0.5f,
            FrequencyPenalty = 0.25f,
            StopSequences = ["a", "\n"],
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.ExtraHigh },
            Choices = 2,
            LogProbabilities = true,
            TopLogProbabilities = 0,
        }));

    [Fact]
    public void Messages_OfTheWholeCourseOfAToolCall_AreWrittenAsTheyWere() => Assert.Equal(
        """
        {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","name":"bob","content":"wie heißt \"你\"?"},{"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\": 1"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"r1"},{"role":"tool","tool_call_id":"c2","content":""}],"stream":true,"stream_options":{"include_usage":true}}
        """,
        Written.Request(
        [
            new(ChatRole.System, "s"),
            new(ChatRole.User, "wie heißt \"你\"?") { AuthorName = "bob" },
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), ToolArguments.ToCall("c1", "f", "{\"a\": 1"), new FunctionCallContent("c2", "g")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "r1"), new FunctionResultContent("c2", null)]),
        ]));

    [Fact]
    public void Name_OfAToolsMessage_IsWritten() => Assert.Contains(
        """{"role":"tool","name":"get_weather","tool_call_id":"c1","content":"12"}""",
        Written.Request([new(ChatRole.Tool, [new FunctionResultContent("c1", "12")]) { AuthorName = "get_weather" }]),
        StringComparison.Ordinal);

    [Fact]
    public void Content_OfTextAndImages_IsAnArrayOfPartsWithTheirDetail()
    {
        var byAddress = new UriContent("https://e.invalid/a%20b.png?x=1&y=2", "image/png") { AdditionalProperties = new() { ["detail"] = "high" } };

        var request = Written.Request([new(ChatRole.User, [new TextContent("see"), byAddress, new DataContent(new byte[] { 1, 2, 3 }, "image/png")])]);

        Assert.Contains(
            """
            "content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"https://e.invalid/a%20b.png?x=1&y=2","detail":"high"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]
            """,
            request,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Content_OfAKindThatCannotBeSent_IsRefusedWithItsPlace()
    {
        var refusal = Assert.Throws<BackendException>(() =>
            Written.Request([Hi[0], new(ChatRole.User, [new TextContent("hear"), new DataContent(new byte[] { 1 }, "audio/wav")])]));

        Assert.Equal(BackendErrorKind.InvalidRequest, refusal.Kind);
        Assert.Equal("messages[1].content[1]", refusal.Field);
    }

    [Fact]
    public void Tools_WithAChoice_AreWrittenWithWhatIsKnownOfThem() => Assert.Equal(
        Head + """
        ,"tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},{"type":"function","function":{"name":"g","parameters":{}}}],"tool_choice":{"type":"function","function":{"name":"g"}},"parallel_tool_calls":false}
        """,
        Written.Request(Hi, TwoTools(ChatToolMode.RequireSpecific("g"))));

    [Theory]
    [InlineData("auto", "\"auto\"")]
    [InlineData("none", "\"none\"")]
    [InlineData("required", "\"required\"")]
    public void ToolChoice_ThatNamesNoTool_IsAWord(string mode, string written)
    {
        ChatToolMode choice = mode switch { "none" => ChatToolMode.None, "required" => ChatToolMode.RequireAny, _ => ChatToolMode.Auto };

        Assert.Contains($"\"tool_choice\":{written}", Written.Request(Hi, TwoTools(choice)), StringComparison.Ordinal);
    }

    [Fact]
    public void ToolChoice_ThatNamesAToolToAServerThatIgnoresNames_IsThatToolAlone()
    {
        var request = Written.Request(Hi, TwoTools(ChatToolMode.RequireSpecific("g")), style: new ChatRequestStyle { NamedToolIsOnlyTool = true });

        Assert.Contains("""
            "tools":[{"type":"function","function":{"name":"g","parameters":{}}}],"tool_choice":"required"
            """, request, StringComparison.Ordinal);
    }

    [Fact]
    public void ToolChoice_ThatNamesAnUnknownToolToAServerThatIgnoresNames_IsRefused()
    {
        var refusal = Assert.Throws<BackendException>(() =>
            Written.Request(Hi, TwoTools(ChatToolMode.RequireSpecific("h")), style: new ChatRequestStyle { NamedToolIsOnlyTool = true }));

        Assert.Equal("tool_choice", refusal.Field);
    }

    [Fact]
    public void ResponseFormat_OfASchema_CarriesItWithNameAndStrictness() => Assert.Equal(
        Head + """
        ,"response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","schema":{"type":"object"},"strict":false}}}
        """,
        Written.Request(Hi, new BackendCallOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Written.Json("""{"type":"object"}"""), "n", "d"), StrictJsonSchema = false }));

    [Fact]
    public void ResponseFormat_OfAnyJson_IsJsonObject() => Assert.Equal(
        Head + """
        ,"response_format":{"type":"json_object"}}
        """,
        Written.Request(Hi, new BackendCallOptions { ResponseFormat = ChatResponseFormat.Json }));

    [Fact]
    public void Extra_OfModelAndCaller_ReplacesWhatTheMeshWritesAndTheCallersWins() => Assert.Equal(
        """
        {"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true,"top_p":0.5,"min_p":0.1,"stream_options":{"include_usage":false},"temperature":2,"guided_regex":"a+"}
        """,
        Written.Request(
            Hi,
            new BackendCallOptions
            {
                Temperature = 0.1f,
                TopP = 0.5f,
                AdditionalProperties = new() { ["temperature"] = Written.Json("2"), ["guided_regex"] = Written.Json("\"a+\"") },
            },
            """{"min_p":0.1,"temperature":1,"stream_options":{"include_usage":false}}"""));

    [Theory]
    [InlineData("model")]
    [InlineData("messages")]
    [InlineData("stream")]
    [InlineData("n")]
    public void Extra_ThatWouldReplaceWhatTheMeshNeeds_IsRefusedWithItsName(string field)
    {
        var refusal = Assert.Throws<BackendException>(() => Written.Request(Hi, new BackendCallOptions { AdditionalProperties = new() { [field] = Written.Json("1") } }));

        Assert.Equal((BackendErrorKind.InvalidRequest, $"extra.{field}"), (refusal.Kind, refusal.Field));
    }

    private static BackendCallOptions TwoTools(ChatToolMode mode) => new()
    {
        Tools = [new ToolDeclaration("f", "d", Written.Json("""{"type":"object"}"""), strict: true), new ToolDeclaration("g", "", Written.Json("{}"))],
        ToolMode = mode,
        AllowMultipleToolCalls = false,
    };
}
