using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI.Answers;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using Xunit;

namespace ModelMesh.Backends.Tests.OpenAI;

/// <summary>The SDK's reading of a chunk against the wire library's, which the lean clients use: a model must not answer otherwise for the plugin it is reached by.</summary>
public sealed class ChunkMappingTests
{
    [Theory]
    [InlineData("""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":1,"delta":{"role":"assistant","content":"hé\n"},"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":null,"reasoning_content":null,"reasoning":"hm"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning_content":"hm","reasoning":"hm","content":"a"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"refusal":"no"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"the \"error\" and the \"message\""}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"eos_token"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":""}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{},"finish_reason":"custom"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"role":"","content":"x"}}]}""")]
    [InlineData("""{"id":null,"created":null,"model":null,"choices":[{"index":0,"delta":{"content":"x"}}]}""")]
    [InlineData("""{"id":7,"created":1.5,"choices":[{"index":0,"delta":{"content":"x"}}]}""")]
    [InlineData("""{"choices":null,"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":5000000000,"completion_tokens":2,"total_tokens":5000000002}}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}} , {"index":1,"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"index":0},{"finish_reason":"stop","delta":{},"index":1}]}""")]
    [InlineData("""{"choices":[null,{"index":1,"delta":{"content":"b"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"index" : 3}]}""")]
    [InlineData("""{"choices":[{"index":0 ,"delta":{"content":"index"}}]}""")]
    [InlineData("""{"choices":[{"index":10,"delta":{"content":"a"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]},"index":2}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"}, {\"index\":1, \"reasoning\":\"x\""}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a","reasoning_details":[{"text":"hm"}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"whole"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}},{"index":1,"id":"b","function":{"name":"g","arguments":null}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":3,"id":"","function":{"name":"","arguments":"{\"a\""}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"id":"a","function":{"name":"f"}},{"id":"b","function":{"name":"g"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"id":"a","type":"","function":{"name":"f","arguments":{"x":1}}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"x"},"logprobs":{"content":[{"token":"x","logprob":-0.123456789012,"bytes":[120],"top_logprobs":[{"token":"y","logprob":-1.1,"bytes":null}]}],"refusal":null}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"x"},"logprobs":{"content":null}}]}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("{}")]
    [InlineData("""{"error":{"message":"broke","type":"server_error","code":500}}""")]
    [InlineData("""{"error":"broke"}""")]
    [InlineData("""{"error":null,"choices":[{"index":0,"delta":{"content":"x"}}]}""")]
    [InlineData("""{"object":"error","message":"broke","code":400}""")]
    [InlineData("[DONE]")]
    [InlineData(" [DONE] ")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"cut""")]
    [InlineData("""{"choices":[]} {}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":7}}]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public void Chunk_IsReadAsTheWireLibraryReadsIt(string data)
    {
        var bytes = Encoding.UTF8.GetBytes(data);

        Assert.Equal(Told(ChunkReader.Parse("message", bytes)), Told(ChunkMapping.Parse("message", bytes)));
    }

    [Fact]
    public void Event_NamedError_IsAFailure()
    {
        var chunk = ChunkMapping.Parse("error", """{"message":"broke"}"""u8);

        Assert.Equal((ChatChunkKind.Error, "broke"), (chunk.Kind, chunk.Error?.Message));
    }

    [Fact]
    public void Chunk_ThatIsNoUtf8_IsMalformed()
    {
        byte[] data = [.. """{"choices":[{"index":0,"delta":{"content":" """u8, 0xFF, .. "\"}}]}"u8];

        Assert.Equal(ChatChunkKind.Malformed, ChunkMapping.Parse("message", data).Kind);
    }

    // Look-ups in the SDK's raw JSON are half of the time where every chunk has all four. They allocate, too, which can be counted: 2,776 bytes with them, 2,632 without.
    [Fact]
    public void Chunk_OfTextAlone_IsNotLookedThroughForWhatItDoesNotHold()
    {
        var chunk = """{"id":"chatcmpl-5f2f8a0b3c0e4d1e","object":"chat.completion.chunk","created":1767225600,"model":"m","choices":[{"index":0,"delta":{"content":"twenty bytes a chunk"},"logprobs":null,"finish_reason":null}]}"""u8;
        ChunkMapping.Parse("message", chunk);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1_000; count++)
        {
            ChunkMapping.Parse("message", chunk);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 1, 2_700);
    }

    private static string Told(ChatChunk chunk) => $"{chunk.Kind} {chunk.Error} {Told(chunk.Update)} {string.Join(" ", (chunk.More ?? []).Select(Told))} "
        + (chunk.Usage is { } usage ? $"{usage.InputTokenCount} {usage.OutputTokenCount} {usage.TotalTokenCount} {usage.CachedInputTokenCount} {usage.ReasoningTokenCount}" : "no usage");

    private static string Told(BackendUpdate? update) => update is null
        ? "no update"
        : $"{update.Role} {update.Choice} {update.FinishReason} [{string.Join(", ", update.Contents.Select(Told).Order(StringComparer.Ordinal))}] {JsonSerializer.Serialize(update.LogProbabilities)}";

    private static string Told(AIContent content) => content switch
    {
        TextContent text => $"text {text.Text}",
        TextReasoningContent reasoning => $"reasoning {reasoning.Text}",
        ErrorContent error => $"error {error.ErrorCode} {error.Message}",
        ToolCallPiece piece => $"piece {piece.Index} {piece.CallId} {piece.Name} {piece.Arguments}",
        _ => content.ToString()!,
    };
}
