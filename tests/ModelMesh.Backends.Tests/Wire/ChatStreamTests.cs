using System.Text;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using ModelMesh.Backends.Wire.Streaming;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class ChatStreamTests
{
    private const string Hello = """{"choices":[{"index":0,"delta":{"content":"hello"}}]}""";
    private const string Stop = """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";
    private const string Usage = """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""";

    [Fact]
    public async Task Stream_ThatTellsUsageManyTimes_GivesTheLastOfIt()
    {
        var usage = """{"choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

        var updates = await ReadAsync(usage, Stop, Usage, "[DONE]");

        Assert.Equal(2, Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>()).Details.OutputTokenCount);
    }

    [Fact]
    public async Task Stream_WithMalformedChunks_TellsTheirNumberWithTheNextUpdate()
    {
        var updates = await ReadAsync(Hello, "{", "}", Hello, Stop, "nonsense", "[DONE]");

        Assert.Equal([0, 2, 0, 1], updates.Select(update => update.SkippedChunks));
    }

    [Fact]
    public async Task Stream_WithoutEndMarkAfterEveryFinish_IsComplete() => Assert.Equal(2, (await ReadAsync(Hello, Stop)).Count);

    [Fact]
    public async Task Stream_WithEndMarkButNoFinish_IsComplete() => Assert.Single(await ReadAsync(Hello, "[DONE]"));

    [Fact]
    public async Task Stream_WithoutEndMarkAfterFewerAnswersThanAskedFor_WasCut() => await FailsAsync(BackendErrorKind.Protocol, wanted: 2, Hello, Stop);

    [Fact]
    public async Task Stream_WithAMalformedLastChunk_WasCut() => await FailsAsync(BackendErrorKind.Protocol, wanted: 1, Hello, Stop, "{");

    [Theory]
    [InlineData("abort")]
    [InlineData("error")]
    public async Task Stream_WhoseFinishIsAFailure_Fails(string reason) =>
        await FailsAsync(BackendErrorKind.Upstream, wanted: 1, Hello, $$"""{"choices":[{"index":0,"delta":{},"finish_reason":"{{reason}}"}]}""", "[DONE]");

    [Fact]
    public async Task Stream_StoppedByAContentFiltersError_EndsWithThatFinish() =>
        Assert.Equal(ChatFinishReason.ContentFilter, (await ReadAsync(Hello, """{"error":{"message":"m","code":"content_filter"}}"""))[^1].FinishReason);

    [Fact]
    public async Task Stream_OfSeveralAnswersStoppedByAContentFiltersError_EndsThoseThatHadNotFinished()
    {
        var updates = await ReadAsync(wanted: 3, Stop, """{"choices":[{"index":1,"delta":{"content":"x"}}]}""", """{"error":{"message":"m","code":"content_filter"}}""");

        Assert.Equal(
            [(0, ChatFinishReason.Stop), (1, null), (1, ChatFinishReason.ContentFilter), (2, ChatFinishReason.ContentFilter)],
            updates.Select(update => (update.Choice, update.FinishReason)));
    }

    private static async Task FailsAsync(BackendErrorKind kind, int wanted, params string[] events) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<BackendException>(() => ReadAsync(wanted, events))).Kind);

    private static Task<List<BackendUpdate>> ReadAsync(params string[] events) => ReadAsync(wanted: 1, events);

    private static async Task<List<BackendUpdate>> ReadAsync(int wanted, params string[] events)
    {
        var body = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}\n\n"))));
        var read = new List<BackendUpdate>();
        var stream = SseEvents.Over(UpstreamStream.Over(body, new EventLimit()), ChunkReader.Parse, CancellationToken.None);
        await foreach (var update in ChatStream.ReadAsync(stream, wanted, error => UpstreamFailure.From(error, secret: null), CancellationToken.None))
        {
            read.Add((BackendUpdate)update);
        }

        return read;
    }
}
