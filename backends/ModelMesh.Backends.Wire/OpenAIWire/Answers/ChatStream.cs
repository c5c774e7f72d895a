using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>
/// An answer's events as updates. It is complete with the end mark, or, since some servers send none, when the stream closed in good order after every choice had
/// finished. Usage comes last, however often the upstream told it.
/// </summary>
internal static class ChatStream
{
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        IAsyncEnumerable<SseItem<ChatChunk>> events, int wanted, Func<UpstreamError, BackendException> failure, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var skipped = new SkippedChunks();
        var choices = new ChoiceTally(wanted);
        UsageDetails? usage = null;
        var ended = false;
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            var chunk = item.Data;
            if (chunk.Kind == ChatChunkKind.End)
            {
                ended = true;
                break;
            }

            if (chunk.Kind == ChatChunkKind.Malformed)
            {
                skipped.Skip();
                continue;
            }

            if (chunk.Kind == ChatChunkKind.Error)
            {
                var thrown = failure(chunk.Error!);
                if (thrown.InnerException is not ContentFilterException)
                {
                    throw thrown;
                }

                foreach (var filtered in choices.Unfinished.Select(Filtered))
                {
                    yield return filtered;
                }

                ended = true;
                break;
            }

            skipped.Read();
            usage = chunk.Usage ?? usage;
            if (chunk.Update is { } update)
            {
                yield return Told(update, choices, skipped);
            }

            foreach (var more in chunk.More ?? [])
            {
                yield return Told(more, choices, skipped);
            }
        }

        if (!ended && (skipped.WasLast || !choices.AllFinished))
        {
            throw StreamCut.Failure();
        }

        if (Last(usage, skipped.Take()) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>What a request that a content filter refused looks like: each answer without text, and with that finish reason.</summary>
    public static IEnumerable<BackendUpdate> Filtered(ChatOptions? options) => Enumerable.Range(0, (options as BackendCallOptions)?.Choices ?? 1).Select(Filtered);

    private static BackendUpdate Filtered(int choice) => new(ChatRole.Assistant, contents: []) { Choice = choice, FinishReason = ChatFinishReason.ContentFilter };

    private static BackendUpdate Told(BackendUpdate update, ChoiceTally choices, SkippedChunks skipped)
    {
        if (update.FinishReason is { } reason && FinishReasons.IsFailure(reason))
        {
            throw new BackendException(BackendErrorKind.Upstream, "The upstream gave the answer up.");
        }

        choices.Count(update);
        update.SkippedChunks = skipped.Take();
        return update;
    }

    private static BackendUpdate? Last(UsageDetails? usage, int skipped) => usage is null && skipped == 0
        ? null
        : new BackendUpdate(ChatRole.Assistant, usage is null ? [] : [new UsageContent(usage)]) { SkippedChunks = skipped };
}
