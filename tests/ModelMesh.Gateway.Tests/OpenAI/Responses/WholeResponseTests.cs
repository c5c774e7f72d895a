using System.Net;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Tests.OpenAI.Responses;

/// <summary>The whole answer, to the byte.</summary>
public sealed class WholeResponseTests
{
    [Fact]
    public async Task Whole_HoldsEveryItem_ItsUsage_AndWhatWasAsked()
    {
        var usage = new Usage { InputTokens = 9, OutputTokens = 8, TotalTokens = 17, CachedInputTokens = 4, ReasoningTokens = 2 };
        await using var gateway = await ResponsesGateway.StartAsync(
            new Completed { FinishReason = "tool_calls", Usage = usage },
            new Delta { Reasoning = "h" },
            new Delta { Reasoning = "m" },
            new Delta { Text = "Say \"hi\"\n", Logprobs = { new TokenLogprob { Token = "a", Logprob = -1 } } },
            new Delta { Refusal = "No." },
            new Delta { ToolCall = new ToolCallDelta { Index = 0, Id = "a", Name = "f", Arguments = "{\"a\"" } },
            new Delta { ToolCall = new ToolCallDelta { Index = 1, Name = "g", Arguments = "{}" } },
            new Delta { ToolCall = new ToolCallDelta { Index = 0, Arguments = ":1}" } });

        var answer = await gateway.AnswerAsync(
            """
            {"model":"chat","instructions":"be brief","input":"hi","max_output_tokens":100,"temperature":0.5,"top_p":0.9,"top_logprobs":2,"parallel_tool_calls":false,"reasoning":{"effort":"low"},
             "tools":[{"type":"function","name":"f","description":"line\nbreak","parameters":{"type": "object"}}],"tool_choice":"required","truncation":"auto","store":true,
             "text":{"format":{"type":"json_object"},"verbosity":"high"},"user":"u","safety_identifier":"s","prompt_cache_key":"k","metadata":{"k":"v"}}
            """);

        Assert.Equal(
            """
            {"id":"resp_r1","object":"response","created_at":1,"status":"completed","error":null,"incomplete_details":null,"output":[
            {"id":"rs_r1_0","type":"reasoning","status":"completed","summary":[],"content":[{"type":"reasoning_text","text":"hm"}]},
            {"id":"msg_r1_1","type":"message","status":"completed","role":"assistant","content":[
            {"type":"output_text","annotations":[],"logprobs":[{"token":"a","logprob":-1,"bytes":[],"top_logprobs":[]}],"text":"Say \"hi\"\n"},
            {"type":"refusal","refusal":"No."}]},
            {"id":"fc_r1_2","type":"function_call","status":"completed","call_id":"a","name":"f","arguments":"{\"a\":1}"},
            {"id":"fc_r1_3","type":"function_call","status":"completed","call_id":"call_r1_3","name":"g","arguments":"{}"}],
            "usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":0},"output_tokens":8,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":17},
            "model":"chat","instructions":"be brief","max_output_tokens":100,"parallel_tool_calls":false,"previous_response_id":null,"reasoning":{"effort":"low","summary":null},
            "background":false,"store":false,"temperature":0.5,"text":{"format":{"type":"json_object"},"verbosity":"high"},"tool_choice":"required",
            "tools":[{"type":"function","name":"f","description":"line\nbreak","parameters":{"type":"object"}}],"top_logprobs":2,"top_p":0.9,"truncation":"auto",
            "user":"u","safety_identifier":"s","prompt_cache_key":"k","metadata":{"k":"v"}}
            """.ReplaceLineEndings(""),
            answer);
    }

    [Fact]
    public async Task Whole_OfAnEmptyAnswer_HasNoItems_AndUsageThatSaysThatItIsAGuess()
    {
        await using var gateway = await ResponsesGateway.StartAsync(new Completed { FinishReason = "stop", SkippedChunks = 2, Usage = new Usage { Estimated = true } });

        var answer = await gateway.AnswerAsync(ResponsesGateway.Whole);

        Assert.Contains("\"status\":\"completed\",\"error\":null,\"incomplete_details\":null,\"output\":[],", answer, StringComparison.Ordinal);
        Assert.Contains("\"total_tokens\":0,\"estimated\":true},\"modelmesh\":{\"skipped_chunks\":2},", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_OfWhichASummaryOfTheReasoningIsWanted_HasTheReasoningThere()
    {
        await using var gateway = await ResponsesGateway.StartAsync(new Completed { FinishReason = "stop" }, new Delta { Reasoning = "hm" });

        var answer = await gateway.AnswerAsync("""{"model":"chat","input":"hi","reasoning":{"summary":"detailed"}}""");

        Assert.Contains("\"status\":\"completed\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}],\"content\":[]}", answer, StringComparison.Ordinal);
        Assert.Contains("\"reasoning\":{\"effort\":null,\"summary\":\"detailed\"}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"max_output_tokens\"},", "incomplete")]
    [InlineData("content_filter", "\"status\":\"incomplete\",\"error\":null,\"incomplete_details\":{\"reason\":\"content_filter\"},", "incomplete")]
    [InlineData("stop", "\"status\":\"completed\",\"error\":null,\"incomplete_details\":null,", "completed")]
    public async Task Whole_SaysWhetherItIsComplete_AndWhichItemWasCut(string reason, string said, string last)
    {
        await using var gateway = await ResponsesGateway.StartAsync(new Completed { FinishReason = reason }, new Delta { Reasoning = "r" }, new Delta { Text = "t" });

        var answer = await gateway.AnswerAsync(ResponsesGateway.Whole);

        Assert.Contains(said, answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"reasoning\",\"status\":\"completed\"", answer, StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"message\",\"status\":\"{last}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("chat@v1")]
    public async Task Whole_NamesTheModelAsTheClientDid(string model)
    {
        await using var gateway = await ResponsesGateway.StartAsync();

        Assert.Contains($"\"model\":\"{model}\"", await gateway.AnswerAsync($$"""{"model":"{{model}}","input":"hi"}"""), StringComparison.Ordinal);
        Assert.Equal(("chat", "v1", "r1", true), (gateway.Asked.Model, gateway.Asked.Version, gateway.Asked.RequestId, gateway.Asked.Lenient));
    }

    [Fact]
    public async Task UnknownFields_ReachTheRegistry()
    {
        await using var gateway = await ResponsesGateway.StartAsync();

        await gateway.AnswerAsync("""{"model":"chat","input":"hi","min_p":0.1,"service_tier":"auto"}""");

        Assert.Equal("""{"min_p":0.1,"service_tier":"auto"}""", gateway.Asked.Options.ExtraJson);
    }

    [Theory]
    [InlineData("GET", "/v1/responses/resp_r1")]
    [InlineData("DELETE", "/v1/responses/resp_r1")]
    [InlineData("GET", "/v1/responses/resp_r1/input_items")]
    [InlineData("POST", "/v1/responses/resp_r1/cancel")]
    public async Task StoredAnswers_AreNowhere(string method, string path)
    {
        await using var gateway = await ResponsesGateway.StartAsync();

        using var response = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(
            $$$"""{"error":{"message":"There is nothing at {{{path}}}: the mesh stores no answers.","type":"invalid_request_error","param":null,"code":"invalid_request"}}""",
            await response.Content.ReadAsStringAsync());
    }
}
