using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.OpenAI.Chat;

namespace ModelMesh.Gateway.Tests.OpenAI.Chat;

public sealed class ChatCompletionBodyTests
{
    private const string Hi = """ "messages":[{"role":"user","content":"hi"}] """;

    public static TheoryData<string, string> Bad => new()
    {
        { "{}", "messages" },
        { """{"model":"m","messages":[]}""", "messages" },
        { """{"model":"m","messages":"hi"}""", "messages" },
        { """{"model":"m","messages":[7,{"role":"function","content":"x"},{"role":"user"}]}""", "messages[0] | messages[1].role | messages[2].content" },
        { """{"model":"m","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""", "messages[0].content[0].type" },
        { """{"model":"m","messages":[{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}}]}""", "messages[0].function_call" },
        { """{"model":"m","messages":[{"role":"assistant","refusal":7}]}""", "messages[0].refusal" },
        { """{"model":"m","messages":[{"role":"user","content":[{"type":"refusal","refusal":"no"}]}]}""", "messages[0].content[0].type" },
        { $$$"""{"model":"m",{{{Hi}}},"functions":[],"function_call":"auto","audio":{},"modalities":["text","audio"]}""", "functions | function_call | audio | modalities" },
        { $$$"""{"model":"m",{{{Hi}}},"stream_options":{"include_usage":true}}""", "stream_options" },
        { $$$"""{"model":"m",{{{Hi}}},"stream":1,"stream_options":{"include_usage":"yes"}}""", "stream | stream_options | stream_options.include_usage" },
        { $$$"""{"model":"m",{{{Hi}}},"n":129,"max_tokens":0,"max_completion_tokens":-1,"top_k":-2,"reasoning_effort":7}""", "top_k | max_tokens | n | reasoning_effort | max_completion_tokens" },
        { $$$"""{"model":"m",{{{Hi}}},"prompt_cache_key":7}""", "prompt_cache_key" },
        { $$$$"""{"model":"m",{{{{Hi}}}},"response_format":{"type":"json_object","schema":{}}}""", "response_format.schema" },
        { $$$"""{"model":"m",{{{Hi}}},"tools":[{"type":"custom","custom":{"name":"x"}}]}""", "tools[0].type | tools[0].function" },
        { $$$"""{"model":"m",{{{Hi}}},"unknown":{"a":1,"a":2}}""", "unknown.a" },
        { $$$"""{"model":"m","model":"n",{{{Hi}}}}""", "model" },
        { "[]", "" },
        { "{", "" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Parse_BadBody_NamesEveryFaultByItsPath(string body, string fields)
    {
        var error = Assert.Throws<MeshException>(() => Parse(body));
        Assert.Equal(fields, string.Join(" | ", error.Details.Select(detail => detail.Field)));
    }

    [Fact]
    public void Parse_UnknownFields_GoOnAsTheyWereWritten()
    {
        var request = Parse($$$"""{"model":"m",{{{Hi}}},"user":"u","logit_bias":{"1":2},"min_p":1e-3,"store":null,"reasoning_effort":"minimal","top_k":-1}""").Request;

        Assert.Equal("""{"user":"u","logit_bias":{"1":2},"min_p":1e-3,"reasoning_effort":"minimal","top_k":-1}""", request.Options.ExtraJson);
        Assert.Equal("", request.Options.ReasoningEffort);
        Assert.False(request.Options.HasTopK);
        Assert.True(request is { Lenient: true, IsReference: true });
    }

    [Fact]
    public void Parse_KnownFields_AreReadAndDoNotGoOnTwice()
    {
        var exchange = Parse($$$"""
            {"model":"m",{{{Hi}}},"stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false},"max_tokens":5,"max_completion_tokens":9,"n":128,
             "reasoning_effort":"low","modalities":["text"],"parallel_tool_calls":false,"tool_choice":"none","logprobs":true,"top_logprobs":3,"seed":1,"stop":["a"],
             "temperature":0.5,"top_p":0.5,"presence_penalty":1,"frequency_penalty":-1,"response_format":{"type":"json_object"}}
            """);

        var options = exchange.Request.Options;
        Assert.True(exchange is { Stream: true, IncludeUsage: true });
        Assert.Equal("", options.ExtraJson);
        Assert.Equal((9, 128, "low", 3), (options.MaxTokens, options.N, options.ReasoningEffort, options.TopLogprobs));
        Assert.Null(exchange.Request.ParallelToolCalls);
        Assert.Equal("json_object", exchange.Request.ResponseFormat!.Type);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"refusal":"I will not"}""", "I will not", "")]
    [InlineData("""{"role":"assistant","content":null,"refusal":null,"audio":null,"function_call":null}""", "", "")]
    [InlineData("""{"role":"assistant","content":[]}""", "", "")]
    [InlineData("""{"role":"assistant","content":"a","refusal":null,"annotations":[]}""", "a", """{"annotations":[]}""")]
    [InlineData("""{"role":"assistant","content":"a","refusal":"b"}""", "a", """{"refusal":"b"}""")]
    public void Parse_AnEarlierAnswerAsItWasGiven_IsRead(string message, string content, string extra)
    {
        var read = Read(message);
        Assert.Equal((content, extra), (read.Content, read.ExtraJson));
    }

    [Fact]
    public void Parse_ReasoningAndCallsOfAnEarlierAnswer_AreRead()
    {
        var read = Read("""{"role":"assistant","content":null,"reasoning_content":"why","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}""");
        Assert.Equal(("why", "c1", ""), (read.Reasoning, Assert.Single(read.ToolCalls).Id, read.ExtraJson));
        Assert.Equal("no", Assert.Single(Read("""{"role":"assistant","content":[{"type":"refusal","refusal":"no"}]}""").Parts).Text);
    }

    [Fact]
    public void Parse_Developer_IsTheSystem() => Assert.Equal("system", Read("""{"role":"developer","content":"x"}""").Role);

    [Theory]
    [InlineData(""" "hash_key":"a","prompt_cache_key":"b" """, "a", """{"prompt_cache_key":"b"}""")]
    [InlineData(""" "prompt_cache_key":"b" """, "b", """{"prompt_cache_key":"b"}""")]
    [InlineData(""" "user":"u" """, null, """{"user":"u"}""")]
    [InlineData(""" "version":"v2" """, null, "")]
    public void Parse_HashKey_IsTheCacheKeyWhereNoneIsGiven(string field, string? key, string extra)
    {
        var request = Parse($$$"""{"model":"m",{{{Hi}}},{{{field}}}}""").Request;
        Assert.Equal((key, extra), (request.HashKey, request.Options.ExtraJson));
    }

    private static ChatMessage Read(string message) => Assert.Single(Parse($$$"""{"model":"m","messages":[{{{message}}}]}""").Request.Messages);

    private static ChatCompletionExchange Parse(string body) => ChatCompletionBody.Parse(Encoding.UTF8.GetBytes(body));
}
