using Google.Protobuf;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.OpenAI;
using ModelMesh.Gateway.OpenAI.Chat;

namespace ModelMesh.Gateway.Tests.OpenAI.Chat;

public sealed class ChatCompletionFormatTests
{
    private const string Head = """data: {"id":"chatcmpl-r-1","object":"chat.completion.chunk","created":1,"model":"my \"model\"","system_fingerprint":"fp_7","choices":[""";
    private const string Role = """{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}""";

    [Fact]
    public async Task TextAndReasoning_AreChunksAfterOneThatNamesTheRole_AndDoneEndsThem()
    {
        var written = await WriteAsync(format =>
        {
            format.Delta(new Delta { Reasoning = "why" });
            format.Delta(new Delta { Text = "a \"b\"\n😀" });
            format.KeepAlive();
            format.Delta(new Delta { Text = "\ud800" });
            format.Done(new Completed { FinishReason = "stop" });
        });

        Assert.Equal(
            Chunk(Role)
            + Chunk("""{"index":0,"delta":{"reasoning_content":"why"},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{"content":"a \"b\"\n😀"},"finish_reason":null}""")
            + ": keep-alive\n\n"
            + Chunk("{\"index\":0,\"delta\":{\"content\":\"\ufffd\"},\"finish_reason\":null}")
            + Chunk("""{"index":0,"delta":{},"finish_reason":"stop"}""")
            + "data: [DONE]\n\n",
            written);
    }

    [Fact]
    public async Task EmptyAnswer_HasRoleAndReasonAllTheSame() => Assert.Equal(
        Chunk(Role) + Chunk("""{"index":0,"delta":{},"finish_reason":"length"}""") + "data: [DONE]\n\n",
        await WriteAsync(format => format.Done(new Completed { FinishReason = "length" })));

    [Fact]
    public async Task ParallelCalls_NameTheirIdOnceAndAreGivenOneWhereTheBackendHasNone()
    {
        var written = await WriteAsync(format =>
        {
            format.Delta(new Delta { ToolCall = new ToolCallDelta { Id = "c1", Name = "f" } });
            format.Delta(new Delta { ToolCall = new ToolCallDelta { Index = 1, Name = "g", Arguments = "{" } });
            format.Delta(new Delta { ToolCall = new ToolCallDelta { Id = "c1", Name = "f", Arguments = "{}" } });
            format.Delta(new Delta { ToolCall = new ToolCallDelta { Index = 1, Arguments = "}" } });
            format.Done(new Completed { FinishReason = "tool_calls" });
        });

        Assert.Equal(
            Chunk("""{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_r-1_0_1","type":"function","function":{"name":"g","arguments":"{"}}]},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"}"}}]},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{},"finish_reason":"tool_calls"}""")
            + "data: [DONE]\n\n",
            written);
    }

    [Fact]
    public async Task RefusalAndLogprobs_HaveTheirOwnFields()
    {
        var written = await WriteAsync(format =>
        {
            format.Delta(new Delta { Refusal = "no" });
            format.Delta(new Delta
            {
                Text = "a",
                Logprobs = { new TokenLogprob { Token = "a", Logprob = -0.5, Bytes = ByteString.CopyFrom(97), Top = { new TokenLogprob { Token = "b", Logprob = double.NegativeInfinity } } } },
            });
        });

        Assert.Equal(
            Chunk(Role)
            + Chunk("""{"index":0,"delta":{"refusal":"no"},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[{"token":"b","logprob":-9999,"bytes":null}]}],"refusal":null},"finish_reason":null}"""),
            written);
    }

    [Fact]
    public async Task SeveralChoices_EachBeginAndEndOfTheirOwn()
    {
        var written = await WriteAsync(format =>
        {
            format.Delta(new Delta { Choice = 1, Text = "b" });
            format.Delta(new Delta { Text = "a" });
            format.Done(new Completed { FinishReason = "stop", FinishReasons = { "stop", "length" } });
        });

        Assert.Equal(
            Chunk("""{"index":1,"delta":{"role":"assistant","content":""},"finish_reason":null}""")
            + Chunk("""{"index":1,"delta":{"content":"b"},"finish_reason":null}""")
            + Chunk(Role)
            + Chunk("""{"index":0,"delta":{"content":"a"},"finish_reason":null}""")
            + Chunk("""{"index":0,"delta":{},"finish_reason":"stop"}""")
            + Chunk("""{"index":1,"delta":{},"finish_reason":"length"}""")
            + "data: [DONE]\n\n",
            written);
    }

    [Fact]
    public async Task Usage_WhereItIsWanted_IsAChunkOfItsOwnAndNullInTheOthers()
    {
        var written = await WriteAsync(
            format => format.Done(new Completed
            {
                FinishReason = "stop",
                SkippedChunks = 2,
                Usage = new Usage { InputTokens = 3, OutputTokens = 4, TotalTokens = 7, CachedInputTokens = 1, ReasoningTokens = 2, Estimated = true },
            }),
            includeUsage: true);

        Assert.Equal(
            $"{Head}{Role}],\"usage\":null}}\n\n"
            + $"{Head}{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"stop\"}}],\"usage\":null}}\n\n"
            + Head + """],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":2},"estimated":true},"modelmesh":{"skipped_chunks":2}}""" + "\n\n"
            + "data: [DONE]\n\n",
            written);
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("length", "length")]
    [InlineData("tool_calls", "tool_calls")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("eos_token", "stop")]
    public async Task FinishReason_IsOneThatClientsKnow(string reason, string told) =>
        Assert.Contains($"\"finish_reason\":\"{told}\"", await WriteAsync(format => format.Done(new Completed { FinishReason = reason })), StringComparison.Ordinal);

    [Fact]
    public async Task Error_IsTheLastChunkAndNothingSaysThatTheAnswerIsComplete() => Assert.Equal(
        """data: {"error":{"message":"it broke","type":"server_error","param":null,"code":"backend_error"},"choices":null}""" + "\n\n",
        await WriteAsync(format => format.Error(new MeshException(ErrorCode.BackendError, "it broke"))));

    [Theory]
    [InlineData("a \"token\" with 模型 😀\n", "")]
    [InlineData("", "a thought")]
    public void Delta_AHundredThousandTimes_AllocatesNothing(string text, string reasoning) =>
        Formats.AllocateNothing(output => Format(output, includeUsage: true), new Delta { Text = text, Reasoning = reasoning });

    private static string Chunk(string choice) => $"{Head}{choice}]}}\n\n";

    private static Task<string> WriteAsync(Action<IAnswerFormat> write, bool includeUsage = false) => Formats.WrittenAsync(output => Format(output, includeUsage), write);

    private static ChatCompletionFormat Format(AnswerOutput output, bool includeUsage) =>
        new(output, new ChunkFrame(ChatCompletionExchange.IdKind, "chat.completion.chunk", Formats.Context, "my \"model\"", includeUsage), ApiCalls.RequestId);
}
