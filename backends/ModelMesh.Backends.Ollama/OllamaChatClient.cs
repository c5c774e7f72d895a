using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.Ollama.Request;
using ModelMesh.Backends.Ollama.Streaming;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Ollama;

/// <summary>Chats by <c>POST /api/chat</c>, always streaming.</summary>
internal sealed class OllamaChatClient(OllamaSettings settings, UpstreamHttp http, ModelPull pull, TimeProvider time) : IChatClient
{
    // What follows an end mark is sent with it or right after it.
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await OpenAsync(messages, options ?? new BackendCallOptions(), cancellationToken);
        if (response is null)
        {
            yield return new BackendUpdate { Role = ChatRole.Assistant, FinishReason = ChatFinishReason.ContentFilter };
            yield break;
        }

        var answer = new ChatAnswer(http);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var lines = ChatLines.ReadAsync(response, reading.Token).GetAsyncEnumerator(CancellationToken.None);
        while (!answer.IsDone)
        {
            if (!await lines.MoveNextAsync())
            {
                throw StreamCut.Failure();
            }

            if (answer.Read(lines.Current) is { } update)
            {
                yield return update;
            }
        }

        if (!answer.HasUsage && await UsageAfterEndAsync(lines, reading, cancellationToken) is { } usage)
        {
            yield return usage;
        }
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>Sends the request; null when a content filter refused it.</summary>
    private async Task<HttpResponseMessage?> OpenAsync(IEnumerable<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        pull.ThrowWhileRunning();
        using var body = new JsonBody();
        ChatBody.Write(body.Writer, messages, options, settings);
        try
        {
            return await http.PostAsync(settings.Api("chat"), body, "application/x-ndjson", (options as BackendCallOptions)?.RequestId, cancellationToken);
        }
        catch (BackendException exception) when (exception.InnerException is ContentFilterException)
        {
            return null;
        }
        catch (BackendException exception) when (exception.Kind == BackendErrorKind.NotFound && options.ModelId is null)
        {
            pull.ThrowWhenMissing(exception);
            throw;
        }
    }

    /// <summary>Some servers send a second end mark, with the usage. The answer is complete without it, so nothing there can make it fail.</summary>
    private async Task<BackendUpdate?> UsageAfterEndAsync(IAsyncEnumerator<ChatLine> lines, CancellationTokenSource reading, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AfterEnd, time);
        await using var ending = patience.Token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), reading);
        try
        {
            while (await lines.MoveNextAsync())
            {
                if (ChatAnswer.ReadUsage(lines.Current) is { } usage)
                {
                    return usage;
                }
            }
        }
        catch (BackendException)
        {
            // The connection broke after the end mark.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The server left the stream open after it.
        }

        return null;
    }
}
