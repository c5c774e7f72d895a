using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>A whole answer to a streaming request, as the stream it should have been: of one event, which ends it.</summary>
internal static class WholeAnswer
{
    private const long MaxLength = 64L * 1024 * 1024;

    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        HttpResponseMessage response, Func<UpstreamError, BackendException> failure, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await UpstreamStream.OpenAsync(response, new LengthLimit(MaxLength), cancellationToken);
        await foreach (var update in ReadAsync(stream, failure, cancellationToken))
        {
            yield return update;
        }
    }

    /// <summary>Reads a body that is bounded already, and stays the caller's to dispose.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        Stream stream, Func<UpstreamError, BackendException> failure, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await stream.CopyToAsync(body, cancellationToken);
        var chunk = ChunkReader.Parse(SseParser.EventTypeDefault, body.GetBuffer().AsSpan(0, (int)body.Length));
        if (chunk.Kind is ChatChunkKind.Malformed or ChatChunkKind.End || chunk is { Kind: ChatChunkKind.Read, Update: null })
        {
            throw new BackendException(BackendErrorKind.Protocol, "The upstream's answer is not the JSON it should be.");
        }

        await foreach (var update in ChatStream.ReadAsync(Events(chunk), wanted: 1, failure, cancellationToken))
        {
            yield return update;
        }
    }

    private static async IAsyncEnumerable<SseItem<ChatChunk>> Events(ChatChunk chunk)
    {
        yield return new SseItem<ChatChunk>(chunk);
        yield return new SseItem<ChatChunk>(ChatChunk.End);
        await Task.CompletedTask;
    }
}
