using System.Text;
using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.OpenAI.Chat;

namespace ModelMesh.Gateway.Tests.OpenAI.Chat;

public sealed class ChatCompletionJsonTests
{
    private const string Head = """{"id":"chatcmpl-r-1","object":"chat.completion","created":1,"model":"chat","system_fingerprint":"fp_7","choices":[""";
    private const string NoUsage = """],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}}""";

    [Fact]
    public void Text_IsTheMessagesContent_ReasoningBesideIt() => Assert.Equal(
        Head + """{"index":0,"message":{"role":"assistant","content":"a \"b\"\n","refusal":null,"reasoning_content":"why"},"logprobs":null,"finish_reason":"stop"}],"""
        + """
        "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}},"modelmesh":{"skipped_chunks":1}}
        """,
        Write(
            new Completed
            {
                FinishReason = "stop",
                SkippedChunks = 1,
                Usage = new Usage { InputTokens = 3, OutputTokens = 4, TotalTokens = 7, CachedInputTokens = 1, ReasoningTokens = 2 },
            },
            new Delta { Reasoning = "why" },
            new Delta { Text = "a \"b\"" },
            new Delta { Text = "\n" }));

    [Fact]
    public void NothingAtAll_IsAnEmptyText() => Assert.Equal(
        Head + """{"index":0,"message":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":"stop"}""" + NoUsage,
        Write(new Completed { FinishReason = "stop" }));

    [Fact]
    public void Calls_AreJoinedOfTheirPieces_AndTheContentIsNull() => Assert.Equal(
        Head + """
        {"index":0,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},{"id":"call_r-1_0_1","type":"function","function":{"name":"g","arguments":""}}]},"logprobs":null,"finish_reason":"tool_calls"}
        """ + NoUsage,
        Write(
            new Completed { FinishReason = "tool_calls" },
            new Delta { ToolCall = new ToolCallDelta { Id = "c1", Name = "f", Arguments = "{\"a\"" } },
            new Delta { ToolCall = new ToolCallDelta { Index = 1, Name = "g" } },
            new Delta { ToolCall = new ToolCallDelta { Arguments = ":1}" } }));

    [Fact]
    public void RefusalAndSeveralChoicesWithLogprobs_AreToldApart() => Assert.Equal(
        Head
        + """{"index":0,"message":{"role":"assistant","content":null,"refusal":"no"},"logprobs":null,"finish_reason":"content_filter"},"""
        + """{"index":1,"message":{"role":"assistant","content":"b","refusal":null},"logprobs":{"content":[{"token":"b","logprob":-1,"bytes":[98],"top_logprobs":[]}],"refusal":null},"finish_reason":"length"}"""
        + NoUsage,
        Write(
            new Completed { FinishReason = "content_filter", FinishReasons = { "content_filter", "length" } },
            new Delta { Choice = 1, Text = "b", Logprobs = { new TokenLogprob { Token = "b", Logprob = -1, Bytes = ByteString.CopyFrom(98) } } },
            new Delta { Refusal = "no" }));

    private static string Write(Completed completed, params Delta[] deltas) =>
        Encoding.UTF8.GetString(ChatCompletionJson.Write(Formats.Context, "chat", Formats.Whole(completed, deltas)).Span);
}
