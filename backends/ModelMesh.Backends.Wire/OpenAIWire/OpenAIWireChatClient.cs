using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using ModelMesh.Backends.Wire.Settings;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Wire.OpenAIWire;

/// <summary>
/// Chats over the OpenAI wire format, which many servers speak: <c>POST {endpoint}/chat/completions</c>, always streaming. Thread-safe. Owns nothing: the
/// backend that made it disposes the connections.
/// </summary>
/// <param name="http">The way to the upstream.</param>
/// <param name="settings">Where it is, and what it calls the model.</param>
/// <param name="style">In what the server's requests differ from the rest; null for nothing.</param>
public sealed class OpenAIWireChatClient(UpstreamHttp http, UpstreamSettings settings, ChatRequestStyle? style = null) : IChatClient
{
    private readonly Uri _uri = settings.Below("chat/completions");

    /// <inheritdoc/>
    /// <exception cref="BackendException">While enumerating: it failed, or the answer was cut.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync(messages, options, options is BackendCallOptions { MayReuseUpdates: true } ? new ReusedUpdate() : null, cancellationToken);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await StreamAsync(messages, options, reused: null, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, ReusedUpdate? reused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(messages, options, cancellationToken);
        if (response is null)
        {
            foreach (var filtered in ChatStream.Filtered(options))
            {
                yield return filtered;
            }

            yield break;
        }

        var updates = AnswerFormats.Of(response) switch
        {
            AnswerFormat.EventStream or AnswerFormat.Unsaid => ChatStream.ReadAsync(
                await SseEvents.OpenAsync(response, (type, data) => ChunkReader.Parse(type, data, reused), cancellationToken),
                (options as BackendCallOptions)?.Choices ?? 1,
                http.Failure,
                cancellationToken),
            AnswerFormat.Json => WholeAnswer.ReadAsync(response, http.Failure, cancellationToken),
            _ => throw AnswerFormats.Unexpected(response),
        };
        await foreach (var update in updates)
        {
            yield return update;
        }
    }

    // Null is a request that the upstream's content filter refused.
    private async Task<HttpResponseMessage?> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var body = new JsonBody();
        ChatRequestWriter.Write(body, options?.ModelId ?? settings.Model, messages, options, settings.Extra, style);
        try
        {
            return await http.PostAsync(_uri, body, "text/event-stream", (options as BackendCallOptions)?.RequestId, cancellationToken);
        }
        catch (BackendException exception) when (exception.InnerException is ContentFilterException)
        {
            return null;
        }
    }
}
