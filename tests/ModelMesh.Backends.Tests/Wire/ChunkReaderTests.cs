using System.Text;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class ChunkReaderTests
{
    [Fact]
    public void Chunk_OfText_IsOneUpdateOfThatText()
    {
        var update = Read("""{"id":"x","choices":[{"index":0,"delta":{"role":"assistant","content":"a\u00e4\ud83d\ude00"},"logprobs":null,"finish_reason":null}],"usage":null}""").Update!;

        Assert.Equal(("aä😀", 0, null, ChatRole.Assistant), (update.Text, update.Choice, update.FinishReason, update.Role));
        Assert.IsType<TextContent>(Assert.Single(update.Contents));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":""}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":null}]}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":null,"timings":{"prompt_n":1}}""")]
    [InlineData("""{"error":null,"object":"chat.completion.chunk"}""")]
    [InlineData("{}")]
    [InlineData("")]
    public void Chunk_WithoutContent_IsReadAndMakesNoUpdate(string data)
    {
        var chunk = Read(data);

        Assert.Equal((ChatChunkKind.Read, null), (chunk.Kind, chunk.Update));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}""")]
    [InlineData("""{"choices":[]} {""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[{"delta":{"content":7}}]}""")]
    [InlineData("""{"choices":[{"index":"0"}]}""")]
    [InlineData("""{"choices":[],"usage":[1]}""")]
    [InlineData("""{"choices":[{"delta":{},"logprobs":{"content":[null]}}]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("hello")]
    public void Chunk_ThatCannotBeRead_IsMalformed(string data) => Assert.Equal(ChatChunkKind.Malformed, Read(data).Kind);

    [Fact]
    public void Chunk_OfBytesThatAreNoUtf8_IsMalformed() =>
        Assert.Equal(ChatChunkKind.Malformed, ChunkReader.Parse("message", [.. """{"choices":[{"delta":{"content":"a"""u8, 0xFF, .. "\"}}]}"u8]).Kind);

    [Theory]
    [InlineData("[DONE]")]
    [InlineData(" [DONE]\r\n")]
    public void EndMark_WithOrWithoutSpace_IsTheEnd(string data) => Assert.Equal(ChatChunkKind.End, Read(data).Kind);

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("eos_token", "stop")]
    [InlineData("length", "length")]
    [InlineData("tool_calls", "tool_calls")]
    [InlineData("function_call", "tool_calls")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("pause_turn", "pause_turn")]
    public void FinishReason_InTheServersWords_IsTheMeshs(string theirs, string ours) =>
        Assert.Equal(ours, Read($$"""{"choices":[{"index":3,"delta":{},"finish_reason":"{{theirs}}"}]}""").Update!.FinishReason?.Value);

    [Fact]
    public void Chunk_OfReasoningUnderBothNames_IsItOnce()
    {
        var update = Read("""{"choices":[{"delta":{"reasoning":"hm","reasoning_content":"hm","content":"a"}}]}""").Update!;

        Assert.Equal(["hm"], update.Contents.OfType<TextReasoningContent>().Select(content => content.Text));
        Assert.Equal("a", update.Text);
    }

    [Fact]
    public void Chunk_OfARefusal_IsAnErrorContentWithItsCode() =>
        Assert.Equal(("no", "refusal"), Assert.IsType<ErrorContent>(Assert.Single(Read("""{"choices":[{"delta":{"refusal":"no"}}]}""").Update!.Contents)) is { } error ? (error.Message, error.ErrorCode) : default);

    [Fact]
    public void Chunk_OfToolCallPieces_KeepsIndexIdNameAndTextOfEach()
    {
        var pieces = Read("""
            {"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c","type":"function","function":{"name":"f","arguments":"{\"a"}},{"index":0,"function":{"arguments":"\":1}"}}]}}]}
            """).Update!.Contents.Cast<ToolCallPiece>().ToList();

        Assert.Equal([(1, "c", "f", "{\"a"), (0, null, null, "\":1}")], pieces.Select(piece => (piece.Index, piece.CallId, piece.Name, piece.Arguments)));
    }

    [Fact]
    public void WholeAnswer_OfToolCallsWithoutIndex_NumbersThemByTheirPlace()
    {
        var pieces = Read("""
            {"choices":[{"message":{"content":null,"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":{"x":1}}}]}}]}
            """).Update!.Contents.Cast<ToolCallPiece>().ToList();

        Assert.Equal([(0, "a", "{}"), (1, "b", "{\"x\":1}")], pieces.Select(piece => (piece.Index, piece.CallId, piece.Arguments)));
    }

    [Fact]
    public void Chunk_OfSeveralChoices_IsAnUpdateForEach()
    {
        var chunk = Read("""{"choices":[{"index":1,"delta":{"content":"b"}},{"index":0,"delta":{}},{"index":2,"delta":{"content":"c"}}]}""");

        Assert.Equal([(1, "b"), (2, "c")], new[] { chunk.Update! }.Concat(chunk.More!).Select(update => (update.Choice, update.Text)));
    }

    [Fact]
    public void Chunk_OfLogProbabilities_CarriesBytesAndTheLikeliest()
    {
        var token = Assert.Single(Read("""
            {"choices":[{"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":[195,164],"top_logprobs":[{"token":"b","logprob":-1,"bytes":null}]}]}}]}
            """).Update!.LogProbabilities!);

        Assert.Equal(("a", -0.5, "b", -1.0), (token.Token, token.LogProbability, token.Top[0].Token, token.Top[0].LogProbability));
        Assert.Equal([195, 164], token.Bytes!.Value.ToArray());
        Assert.Null(token.Top[0].Bytes);
    }

    [Fact]
    public void Chunk_OfUsage_CarriesEveryCount()
    {
        var usage = Read("""
            {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":3}}}
            """).Usage!;

        Assert.Equal((5, 7, 12, 2, 3), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount));
    }

    [Theory]
    [InlineData("message", """{"error":{"message":"m","code":429}}""", "m", 429)]
    [InlineData("message", """{"object":"error","message":"m","code":503}""", "m", 503)]
    [InlineData("message", """{"error":"m"}""", "m", null)]
    [InlineData("error", """{"message":"m"}""", "m", null)]
    [InlineData("error", "overloaded", null, null)]
    public void Event_OfAnError_IsTheUpstreamsFailure(string type, string data, string? message, int? status)
    {
        var chunk = ChunkReader.Parse(type, Encoding.UTF8.GetBytes(data));

        Assert.Equal((ChatChunkKind.Error, message, status), (chunk.Kind, chunk.Error?.Message, chunk.Error?.Status));
    }

    [Fact]
    public void Chunk_OfPlainTextWithAReusedUpdate_IsThatUpdateEachTime()
    {
        var reused = new ReusedUpdate();
        var first = ChunkReader.Parse("message", """{"choices":[{"delta":{"content":"a"}}]}"""u8, reused).Update!;
        var text = first.Text;
        var second = ChunkReader.Parse("message", """{"choices":[{"index":1,"delta":{"content":"b"}}]}"""u8, reused).Update!;

        Assert.Same(first, second);
        Assert.Equal(("a", "b", 1), (text, second.Text, second.Choice));
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a","reasoning":"r"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-1}]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}""")]
    public void Chunk_OfMoreThanPlainTextWithAReusedUpdate_IsAnUpdateOfItsOwn(string data)
    {
        var reused = new ReusedUpdate();
        var plain = ChunkReader.Parse("message", """{"choices":[{"delta":{"content":"plain"}}]}"""u8, reused).Update!;
        var rich = ChunkReader.Parse("message", Encoding.UTF8.GetBytes(data), reused).Update!;

        Assert.NotSame(plain, rich);
        Assert.Equal("plain", plain.Text);
    }

    [Fact]
    public void Chunk_OfSeveralChoicesWithAReusedUpdate_KeepsTheTextOfEach()
    {
        var chunk = ChunkReader.Parse("message", """{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}},{"index":2,"delta":{"content":"c"}}]}"""u8, new ReusedUpdate());

        Assert.Equal([("a", 0), ("b", 1), ("c", 2)], chunk.More!.Prepend(chunk.Update!).Select(update => (update.Text, update.Choice)));
    }

    private static ChatChunk Read(string data) => ChunkReader.Parse("message", Encoding.UTF8.GetBytes(data));
}
